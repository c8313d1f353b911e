import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { moveEnds, upsertAccommodation } from '../accommodations/accommodations.store.ts'
import { insertLearners } from '../courses/courses.store.ts'
import { selectAttemptsOf } from '../privacy/privacy.store.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { readQuiz, startAttempt } from '../submissions/start-attempt.ts'
import { closeIn } from '../submissions/testing.store.ts'
import { plainSettings } from './quiz-fixture.ts'
import { settingsOf } from './quiz-settings.ts'
import { type QuizSettings, selectOptionalQuiz } from './quizzes.store.ts'

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

type Person = ReturnType<typeof fixture.person>
const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const inSeconds = (time: string | null | undefined, to: string) =>
  (Date.parse(time ?? '') - Date.parse(to)) / 1000

/** A quiz whose course has these learners. */
async function quizOf(settings: Partial<QuizSettings>, learners: Person[] = []) {
  const { id } = await fixture.quiz(settings)
  const courseId = (await selectOptionalQuiz(fixture.school, id))?.courseId as string
  await fixture.school.transaction(tx =>
    insertLearners(
      tx,
      learners.map(({ actor }) => ({
        courseId,
        userId: actor.userId,
        organizationId: actor.organizationId,
      })),
    ),
  )
  const give = (to: Person, dates: { dueAt?: string; closesAt?: string }, quizId: string | null = id) =>
    fixture.school.transaction(tx =>
      upsertAccommodation(tx, courseId, {
        userId: to.actor.userId,
        quizId,
        extraPercent: 0,
        extraMinutes: 0,
        extraBreakMinutes: 0,
        extraAttempts: 0,
        opensAt: null,
        dueAt: null,
        closesAt: null,
        ...dates,
      }),
    )
  return { id, courseId, give }
}
const take = async (learner: Person, quizId: string) => {
  const { id } = await startAttempt(fixture.tools, learner, quizId, undefined)
  return submitAttempt(fixture.tools, learner, id, {})
}
const sees = async (learner: Person, submissionId: string) =>
  (await readAttempt(fixture.tools, learner, submissionId)).result?.questions.length === 1

test('Answers wait for the last end of anybody, and no longer than an answer under way.', async () => {
  const [learner, later] = [fixture.person(), fixture.person()]
  const closesAt = fromNow(10)
  const { id, give } = await quizOf({ answerRelease: 'after_due', dueAt: fromNow(5), closesAt })
  const { answersHeld } = await take(learner, id)
  assert.equal(inSeconds(answersHeld?.at, closesAt), 15, 'the closing, as the due date is before it')
  const own = fromNow(60)
  await give(later, { closesAt: fromNow(90) }, null)
  await give(later, { closesAt: own })
  const held = (await readQuiz(fixture.tools, learner, id)).answersHeld
  assert.equal(
    inSeconds(held?.at, own),
    15,
    'what is given for the quiz replaces what is given for the course',
  )
})

test('Without a closing the last due date counts, and who began before it with a limit is waited for.', async () => {
  const [learner, slow, free] = [fixture.person(), fixture.person(), fixture.person()]
  const { id, give } = await quizOf({ answerRelease: 'after_due', dueAt: fromNow(-1), timeLimitMinutes: 30 })
  const { id: mine } = await take(learner, id)
  assert.equal(await sees(learner, mine), true)
  await startAttempt(fixture.tools, slow, id, undefined)
  assert.equal(await sees(learner, mine), true, 'who begins when all are told does not take it back')
  const dueAt = fromNow(1)
  await give(free, { dueAt })
  assert.equal(await sees(learner, mine), false)
  const { answersHeld } = await readAttempt(fixture.tools, learner, mine)
  assert.ok(inSeconds(answersHeld?.at, dueAt) > 28 * 60, 'the attempt that was begun before it')
})

test('The moment is that of the last answer that is taken.', async () => {
  const learner = fixture.person()
  const { id } = await quizOf({ answerRelease: 'after_due', closesAt: fromNow(5) })
  const { id: mine } = await take(learner, id)
  await closeIn(fixture.school, id, 0)
  assert.equal(await sees(learner, mine), false, 'a late packet still counts')
  await closeIn(fixture.school, id, -1)
  assert.equal(await sees(learner, mine), true)
})

test('Answers wait until every learner of the course has submitted, or the quiz has closed to all.', async () => {
  const [first, last] = [fixture.person(), fixture.person()]
  const { id } = await quizOf({ answerRelease: 'after_all' }, [first, last])
  const { id: mine, answersHeld } = await take(first, id)
  assert.deepEqual(answersHeld, { until: 'after_all', at: null })
  const open = await startAttempt(fixture.tools, last, id, undefined)
  assert.equal(await sees(first, mine), false)
  const { result } = await submitAttempt(fixture.tools, last, open.id, {})
  assert.equal(result?.questions.length, 1, 'the last is told at once')
  assert.equal(await sees(first, mine), true)
  await startAttempt(fixture.tools, last, id, undefined)
  assert.equal(await sees(first, mine), true, 'one more attempt takes nothing back')

  const closing = await quizOf({ answerRelease: 'after_all', closesAt: fromNow(5) }, [first, last])
  const { id: other } = await take(first, closing.id)
  assert.equal(await sees(first, other), false)
  await fixture.school.transaction(async tx => {
    await closeIn(tx, closing.id, -1)
    await moveEnds(tx, [closing.id])
  })
  assert.equal(await sees(first, other), true)
})

test('Answers that are never shown are not waited for, and a download tells what the pages tell.', async () => {
  const learner = fixture.person()
  const { id } = await quizOf({ answerRelease: 'never' })
  const attempt = await take(learner, id)
  assert.equal(attempt.answersHeld, null)
  assert.equal(attempt.result?.scorePercent, 0)
  const [told] = await selectAttemptsOf(fixture.school, learner.actor.userId)
  assert.deepEqual(told?.grading, { scorePercent: 0 })
})

test('While answers are held an attempt takes answers as ever.', async () => {
  const learner = fixture.person()
  const { id } = await quizOf({ answerRelease: 'after_due', closesAt: fromNow(5) })
  const attempt = await startAttempt(fixture.tools, learner, id, undefined)
  const [{ id: questionId } = { id: '' }] = attempt.questions
  await saveAnswers(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
  assert.equal((await submitAttempt(fixture.tools, learner, attempt.id, {})).result?.score, 1)
})

test('Answers cannot wait for a date that there is not, and practice holds none back.', () => {
  const stored = (given: Partial<QuizSettings>) =>
    settingsOf({ ...plainSettings, ...given, accessCode: null }, plainSettings as never, {
      sealing: kit.sealing,
      quizId: uuidv7(),
    })
  assert.throws(() => stored({ answerRelease: 'after_due' }), { code: 'invalid_input' })
  assert.equal(stored({ answerRelease: 'after_due', dueAt: fromNow(5) }).answerRelease, 'after_due')
  assert.equal(stored({ answerRelease: 'after_due', resultsShown: 'score' }).answerRelease, 'after_due')
  assert.equal(stored({ answerRelease: 'after_all', practice: true }).answerRelease, 'at_once')
})
