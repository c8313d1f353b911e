import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codeOf } from '@azora/contracts/client.ts'
import { appoint, clientFor, openAuthDatabase, type Person, signUp, systemUnderTest } from '../api.ts'
import { makeCourse, takeQuiz } from '../courses.ts'

/** What an author does with a quiz once learners have taken it, and on the way there. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person

before(async () => {
  const { id } = await clientFor(url, null).auth.organization({})
  instructor = await appoint(url, authDb, { role: 'instructor', organizationId: id })
})
after(() => authDb.close())

const refusal = (work: Promise<unknown>) => work.then(() => 'no refusal', codeOf)

test('An attempted quiz can be corrected; the attempt keeps the questions it was taken on, and the result.', async () => {
  const { quizId, courseId } = await makeCourse(url, instructor)
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  await takeQuiz(learner, quizId)
  const { editQuiz, saveQuiz, deleteQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  assert.equal(quiz.attempted, true)
  const saved = await saveQuiz({ ...quiz, quizId, title: 'Renamed', passingScore: 80 })
  assert.deepEqual([saved.title, saved.passingScore], ['Renamed', 80])
  const [first, second] = quiz.questions
  assert.ok(first && second)
  const corrected = { ...first, content: '<p>Where do rivers end, usually?</p>' }
  const after = await saveQuiz({ ...quiz, quizId, questions: [corrected] })
  assert.deepEqual(
    [after.questions.map(one => one.version), after.attemptCount, after.earlierAttemptCount],
    [[2], 1, 1],
  )
  const { attempts } = await learner.api.assessment.getQuiz({ quizId })
  const taken = await learner.api.assessment.getSubmission({ submissionId: attempts[0]?.id ?? '' })
  assert.deepEqual(
    taken.result?.questions.map(one => one.content),
    [first.content, second.content],
  )
  const again = await takeQuiz(learner, quizId)
  assert.deepEqual(
    again.result?.questions.map(one => one.content),
    [corrected.content],
  )
  assert.equal((await editQuiz({ quizId })).earlierAttemptCount, 1)
  assert.equal(await refusal(deleteQuiz({ quizId })), 'quiz_in_use')
})

test('Rows for answers that nobody filled in do not stop a save, and are not kept.', async () => {
  const { courseId } = await makeCourse(url, instructor)
  const option = (content: string, correct = false) => ({ content, correct })
  const save = (options: { content: string; correct: boolean }[]) =>
    instructor.api.assessment.createQuiz({
      courseId,
      title: 'Seas',
      questions: [{ type: 'single_choice', content: '<p>Which?</p>', options }],
    })
  const made = await save([
    option('Red', true),
    option(''),
    option('Black'),
    option('<p>&nbsp;<br></p>'),
    option('<script>x</script>'),
  ])
  assert.deepEqual(
    made.questions[0]?.options.map(one => one.content),
    ['Red', 'Black'],
  )
  assert.equal(await refusal(save([option('Red', true), option('<p></p>')])), 'invalid_input')
  assert.equal(
    await refusal(save([option('Red'), option('Black'), option('<p></p>', true)])),
    'invalid_input',
    'nothing is not a right answer',
  )
})

test('A quiz is duplicated with its questions and without its attempts.', async () => {
  const { quizId, courseId } = await makeCourse(url, instructor)
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  await takeQuiz(learner, quizId)
  const { editQuiz, duplicateQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const copy = await duplicateQuiz({ quizId, title: 'Copy of it' })
  const bare = ({ questions }: Pick<typeof quiz, 'questions'>) =>
    questions.map(({ id: _, version: __, ...question }) => question)
  assert.deepEqual([copy.title, copy.attemptCount], ['Copy of it', 0])
  assert.deepEqual(bare(copy), bare(quiz))
  assert.ok(copy.questions.every(one => quiz.questions.every(other => other.id !== one.id)))
})

test('When a quiz is deleted while a lesson takes it up, one of the two is refused, in either order.', async () => {
  const { moduleId, courseId } = await makeCourse(url, instructor)
  const { education, assessment } = instructor.api
  for (let round = 0; round < 6; round++) {
    const quiz = await assessment.createQuiz({ courseId, title: `Round ${round}` })
    const quizId = quiz.id
    const remove = () => refusal(assessment.deleteQuiz({ quizId }))
    const take = () =>
      refusal(
        education.createLesson({ moduleId, kind: 'quiz', title: `Lesson ${round}`, quizId, status: 'draft' }),
      )
    await (round % 2 ? Promise.all([take(), remove()]) : Promise.all([remove(), take()]))
    const { modules } = await education.editCourse({ courseId })
    const taken = modules.some(module => module.lessons.some(lesson => lesson.quizId === quizId))
    const gone = (await refusal(assessment.editQuiz({ quizId }))) === 'not_found'
    assert.notEqual(taken, gone, taken ? 'a lesson shows a quiz that is gone' : 'both were refused')
  }
})

test('Deleting a quiz that lessons show names all of them.', async () => {
  const { moduleId, quizId } = await makeCourse(url, instructor)
  const { education, assessment } = instructor.api
  await education.createLesson({ moduleId, kind: 'quiz', title: 'Same quiz', quizId, status: 'hidden' })
  const failure = await assessment.deleteQuiz({ quizId }).then(
    () => null,
    (caught: { code: string; data?: { detail?: string } }) => caught,
  )
  assert.deepEqual([failure?.code, failure?.data?.detail], ['quiz_needed', 'Lessons: Quiz, Same quiz'])
})
