import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertLearners } from '../courses/courses.store.ts'
import { readGrades } from '../gradebook/read-grades.ts'
import { createEssayFixture } from '../marking/essay-fixture.ts'
import { listAnswersToMark } from '../marking/mark-answers.ts'
import { setMarking } from '../marking/marking-settings.ts'
import { quizResults } from '../results/quiz-results.ts'
import { assessment } from '../service.ts'
import { takeGroups } from './take-groups.ts'

/** What a teacher reads of one group: answers to mark, results, grades. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

/** A quiz that two learners took, one of whom is in a group. */
async function course() {
  const quiz = await fixture.essayQuiz()
  const { tools, school, organizationId } = fixture
  const teacher = fixture.teacher()
  const inside = await fixture.written(quiz)
  await fixture.written(quiz)
  const { courseId } = await listAnswersToMark(tools, teacher, quiz.id)
  const groupId = uuidv7()
  const { userId } = inside.learner.actor
  const groups = [{ id: groupId, memberIds: [userId] }]
  await school.transaction(tx => takeGroups(tx, { courseId, organizationId, revision: 1, groups }))
  return { quiz, courseId, teacher, groupId, userId }
}

test('The desk lists the answers of a group, but not where names are hidden.', async () => {
  const { quiz, teacher, groupId, userId } = await course()
  const desk = (group?: string) => listAnswersToMark(fixture.tools, teacher, quiz.id, { groupId: group })
  assert.equal((await desk()).items.length, 2)
  assert.deepEqual(
    (await desk(groupId)).items.map(answer => answer.userId),
    [userId],
  )
  const counts = async (group?: string) => {
    const { waitingCount, readyCount } = await desk(group)
    return [waitingCount, readyCount]
  }
  assert.deepEqual(
    [await counts(), await counts(groupId)],
    [
      [2, 0],
      [1, 0],
    ],
  )
  assert.deepEqual((await desk(uuidv7())).items, [])
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'at_once', anonymous: true })
  await assert.rejects(desk(groupId), { code: 'marked_without_names' })
})

test('Results count the attempts of a group; what awaits marks without names is left out of them.', async () => {
  const { quiz, teacher, groupId } = await course()
  const counts = async (group?: string) => {
    const { submittedCount, questions } = await quizResults(fixture.tools, teacher, {
      quizId: quiz.id,
      groupId: group,
    })
    const choice = questions.find(({ id }) => id === quiz.choiceId)?.versions[0]
    return [submittedCount, choice?.askedCount, choice?.options.map(({ chosenCount }) => chosenCount)]
  }
  assert.deepEqual(await counts(), [2, 2, [2, 0]])
  assert.deepEqual(await counts(groupId), [1, 1, [1, 0]])
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'at_once', anonymous: true })
  assert.deepEqual(await counts(groupId), [0, 0, [0, 0]])
  assert.deepEqual(await counts(), [2, 2, [2, 0]])
})

test('A survey has no results of a group: its answers are told with no name.', async () => {
  const survey = await fixture.quiz({ kind: 'survey' })
  const asked = { quizId: survey.id, groupId: uuidv7() }
  await assert.rejects(quizResults(fixture.tools, fixture.teacher(), asked), { code: 'not_found' })
})

test('A gradebook has the rows of a group, page by page.', async () => {
  const { courseId, teacher } = await course()
  const userIds = [uuidv7(), uuidv7(), uuidv7()].toSorted()
  await insertLearners(
    fixture.school,
    userIds.map(userId => ({ courseId, userId })),
  )
  const groupId = uuidv7()
  const memberIds = [userIds[0], userIds[2]] as string[]
  const { organizationId } = fixture
  await fixture.school.transaction(tx =>
    takeGroups(tx, { courseId, organizationId, revision: 2, groups: [{ id: groupId, memberIds }] }),
  )
  const page = (after?: string) =>
    readGrades(kit, teacher, courseId, { userIds: undefined, groupId, after, limit: 1 })
  const first = await page()
  const second = await page(first.nextCursor ?? '')
  assert.deepEqual(
    [...first.items, ...second.items].map(({ userId }) => userId),
    memberIds,
  )
  assert.equal(second.nextCursor, null)
})

test('Who is in a group of another course is not told.', async () => {
  const { quiz, courseId, teacher, userId } = await course()
  await insertLearners(fixture.school, [{ courseId, userId }])
  const [foreign, otherCourse] = [uuidv7(), uuidv7()]
  const { organizationId, school, tools } = fixture
  const groups = [{ id: foreign, memberIds: [userId] }]
  await school.transaction(tx =>
    takeGroups(tx, { courseId: otherCourse, organizationId, revision: 1, groups }),
  )
  const desk = await listAnswersToMark(tools, teacher, quiz.id, { groupId: foreign })
  const results = await quizResults(tools, teacher, { quizId: quiz.id, groupId: foreign })
  const page = { userIds: undefined, groupId: foreign, after: undefined, limit: 9 }
  const grades = await readGrades(kit, teacher, courseId, page)
  assert.deepEqual([desk.items.length, results.submittedCount, grades.items.length], [0, 0, 0])
})
