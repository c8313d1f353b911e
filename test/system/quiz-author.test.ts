import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { appoint, openAuthDatabase, type Person, refusal, signUp, systemUnderTest } from '../api.ts'
import { makeCourse, takeQuiz } from '../courses.ts'
import { until } from '../system.ts'

/** What an author does with a quiz once learners have taken it, and on the way there. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
})
after(() => authDb.close())

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

/**
 * Both requests while the quiz is locked: `first` waits for it before `second` is sent, and PostgreSQL lets the one in
 * first that asked first.
 */
async function inOrder(quizId: string, first: () => Promise<string>, second: () => Promise<string>) {
  const lock = new pg.Client({ connectionString: system.adminUrl })
  const eye = new pg.Client({ connectionString: system.adminUrl })
  await Promise.all([lock.connect(), eye.connect()])
  try {
    const { rows } = await lock.query<{ pid: number }>('select pg_backend_pid() as pid')
    const waiting = async (count: number) => {
      const found = await eye.query<{ n: number }>(
        `with recursive behind as (
           select pid from pg_stat_activity where $1 = any(pg_blocking_pids(pid))
           union
           select a.pid from pg_stat_activity a join behind b on b.pid = any(pg_blocking_pids(a.pid)))
         select count(*)::int as n from behind`,
        [rows[0]?.pid],
      )
      return found.rows[0]?.n === count
    }
    await lock.query('begin')
    await lock.query('select from assessment.quizzes where id = $1 for update', [quizId])
    const one = first()
    await until('The first waits for the quiz', () => waiting(1))
    const two = second()
    await until('The second waits behind it', () => waiting(2))
    await lock.query('commit')
    return await Promise.all([one, two])
  } finally {
    await Promise.all([lock.end(), eye.end()])
  }
}

async function race() {
  const { moduleId, courseId } = await makeCourse(url, instructor)
  const { education, assessment } = instructor.api
  const { id: quizId } = await assessment.createQuiz({ courseId, title: 'Wanted by two' })
  return {
    courseId,
    quizId,
    remove: () => refusal(assessment.deleteQuiz({ quizId })),
    take: () =>
      refusal(education.createLesson({ moduleId, kind: 'quiz', title: 'Takes it', quizId, status: 'draft' })),
  }
}

async function lessonsWith({ courseId, quizId }: { courseId: string; quizId: string }) {
  const { modules } = await instructor.api.education.editCourse({ courseId })
  return modules.flatMap(module => module.lessons).filter(lesson => lesson.quizId === quizId).length
}

test('A lesson that takes a quiz up after its deletion began is refused, and shows no quiz that is gone.', async () => {
  const found = await race()
  assert.deepEqual(await inOrder(found.quizId, found.remove, found.take), ['no refusal', 'invalid_input'])
  assert.equal(await lessonsWith(found), 0)
})

test('A deletion that comes after a lesson took the quiz up is refused, and the quiz stays.', async () => {
  const found = await race()
  assert.deepEqual(await inOrder(found.quizId, found.take, found.remove), ['no refusal', 'quiz_needed'])
  assert.equal(await lessonsWith(found), 1)
  assert.equal((await instructor.api.assessment.editQuiz({ quizId: found.quizId })).id, found.quizId)
})

test('Deleting a quiz that lessons show names all of them.', async () => {
  const { moduleId, quizId } = await makeCourse(url, instructor)
  const { education, assessment } = instructor.api
  await education.createLesson({ moduleId, kind: 'quiz', title: 'Same quiz', quizId, status: 'hidden' })
  const failure = await assessment.deleteQuiz({ quizId }).then(
    () => null,
    (caught: { code: string; data?: { values?: { lessons?: string } } }) => caught,
  )
  assert.deepEqual([failure?.code, failure?.data?.values?.lessons], ['quiz_needed', 'Quiz, Same quiz'])
})
