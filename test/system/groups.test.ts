import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, refusal, signUp, systemUnderTest } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'

/** Groups of a course, which education keeps, and what assessment does by them. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
})
after(() => authDb.close())

async function learnerIn(courseId: string): Promise<Person> {
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  return learner
}

test('What a group is given reaches who is in it, and leaves them with the group.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const [inside, beside] = [await learnerIn(courseId), await learnerIn(courseId)]
  const { education, assessment } = instructor.api
  const quiz = await assessment.editQuiz({ quizId })
  await assessment.saveQuiz({ ...quiz, quizId, timeLimitMinutes: 20 })
  const { items } = await education.createGroup({ courseId, name: 'River team' })
  const groupId = items[0]?.id ?? ''
  await education.moveLearners({ courseId, userIds: [inside.userId], addToId: groupId })
  const { items: listed } = await education.getRoster({ courseId, groupId })
  assert.deepEqual(
    listed.map(({ userId }) => userId),
    [inside.userId],
  )
  await until('assessment knows the group', async () => {
    const given = { courseId, groupId, extraMinutes: 10 }
    return (await refusal(assessment.saveGroupAccommodation(given))) === 'no refusal'
  })
  const minutesOf = async ({ api }: Person) => (await api.assessment.getQuiz({ quizId })).timeLimitMinutes
  await until('the learner has more time', async () => (await minutesOf(inside)) === 30)
  assert.equal(await minutesOf(beside), 20)
  const { items: rows } = await assessment.readGrades({ courseId, groupId })
  assert.deepEqual(
    rows.map(({ userId }) => userId),
    [inside.userId],
  )
  await education.moveLearners({ courseId, userIds: [inside.userId], removeFromIds: [groupId] })
  await until('the learner has the time of all', async () => (await minutesOf(inside)) === 20)
  await education.deleteGroup({ groupId })
  await until('the group has nothing', async () => {
    return (await assessment.listAccommodations({ courseId })).groups.length === 0
  })
})

test('Learners are shown their groups once the teacher lets them, and never ask for those of a course.', async () => {
  const { courseId } = await makeCourse(url, instructor)
  const learner = await learnerIn(courseId)
  const { education } = instructor.api
  const groups = [{ name: 'Delta', userIds: [learner.userId] }]
  const { revision } = await education.assignGroups({ courseId, apply: false, groups })
  await education.assignGroups({ courseId, apply: true, revision, groups })
  const shown = async () => {
    const page = await learner.api.education.getCoursePage({ course: courseId })
    return page.groups.map(({ name, memberNames }) => [name, memberNames.length])
  }
  assert.deepEqual(await shown(), [])
  await education.setGroupsShown({ courseId, shownToMembers: true })
  assert.deepEqual(await shown(), [['Delta', 1]])
  assert.equal(await refusal(learner.api.education.listGroups({ courseId })), 'forbidden')
})
