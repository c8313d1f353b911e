import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { moveEnds } from '../accommodations/accommodations.store.ts'
import { editQuiz, saveQuiz } from '../quizzes/author-quiz.ts'
import { lockQuiz } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { sweepExpired } from './finish-attempt.ts'
import { readQuiz, startAttempt } from './start-attempt.ts'
import { selectQuizSubmissions } from './submissions.store.ts'
import { closeIn, forgetLimit } from './testing.store.ts'

/** When a quiz closes, what is late, and which attempt counts. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const begin = (learner: ReturnType<typeof fixture.person>, quizId: string) =>
  startAttempt(fixture.tools, learner, quizId, undefined)
const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
/** Move the closing, as a save does. */
const close = (quizId: string, minutes: number) =>
  fixture.school.transaction(async tx => {
    await lockQuiz(tx, quizId, 'update')
    await closeIn(tx, quizId, minutes)
    await moveEnds(tx, [quizId])
  })

test('An attempt ends with its time limit or when the quiz closes, whichever is first.', async () => {
  const [soon, late] = [fromNow(5), fromNow(60)]
  const closing = await begin(fixture.person(), (await fixture.quiz({ closesAt: soon })).id)
  assert.equal(closing.expiresAt, soon)
  const both = await fixture.quiz({ closesAt: soon, timeLimitMinutes: 10 })
  assert.equal((await begin(fixture.person(), both.id)).expiresAt, soon)
  const limited = await begin(
    fixture.person(),
    (await fixture.quiz({ closesAt: late, timeLimitMinutes: 10 })).id,
  )
  assert.equal(Date.parse(limited.expiresAt ?? '') - Date.parse(limited.startedAt), 600_000)
})

test('A closed quiz is seen and not started, and its open attempt is graded with what it has.', async () => {
  const { id, questionId } = await fixture.quiz({ closesAt: fromNow(5) })
  const [learner, late] = [fixture.person(), fixture.person()]
  const attempt = await begin(learner, id)
  await saveAnswers(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
  await close(id, -10)
  assert.equal((await readQuiz(fixture.tools, late, id)).closed, true)
  await assert.rejects(begin(late, id), { code: 'quiz_closed' })
  const save = saveAnswers(fixture.tools, learner, attempt.id, { [questionId]: ['b'] })
  await assert.rejects(save, { code: 'attempt_closed' })
  assert.equal(await sweepExpired(fixture.tools), 1)
  const { state, result } = await readAttempt(fixture.tools, learner, attempt.id)
  assert.deepEqual([state, result?.scorePercent], ['graded', 100])
})

test('Open attempts follow when the closing moves, and keep the time limit that they began with.', async () => {
  const { id } = await fixture.quiz({ closesAt: fromNow(5), timeLimitMinutes: 20 })
  const learner = fixture.person()
  const attempt = await begin(learner, id)
  const endOf = async () =>
    Date.parse((await readAttempt(fixture.tools, learner, attempt.id)).expiresAt ?? '')
  const before = await endOf()
  await close(id, 10)
  assert.ok((await endOf()) > before)
  await close(id, 1000)
  assert.equal((await endOf()) - Date.parse(attempt.startedAt), 20 * 60_000)
})

test('An attempt that begins while the quiz is being closed does not begin, and one before it ends.', async () => {
  const { id } = await fixture.quiz()
  const closing = (tx: Parameters<typeof closeIn>[0]) => closeIn(tx, id, -1)
  const refused = overlapped(kit.db, fixture.organizationId, closing, () => begin(fixture.person(), id))
  await assert.rejects(refused, { code: 'conflict' })
  await closeIn(fixture.school, id, 5)
  const learner = fixture.person()
  const attempt = await begin(learner, id)
  await close(id, -1)
  assert.equal((await readAttempt(fixture.tools, learner, attempt.id)).state, 'graded')
})

test('Who teaches the course tries a closed quiz, without an end.', async () => {
  const { id } = await fixture.quiz({ closesAt: fromNow(-5) })
  const author = fixture.person({ author: true })
  assert.equal((await readQuiz(fixture.tools, author, id)).closed, false)
  const trial = await begin(author, id)
  assert.equal(trial.expiresAt, null)
  for (const minutes of [30, -5]) {
    await close(id, minutes)
    assert.equal((await readAttempt(fixture.tools, author, trial.id)).expiresAt, null)
  }
})

test('An attempt whose limit stands in its end alone keeps that end when the closing moves.', async () => {
  const { id } = await fixture.quiz({ timeLimitMinutes: 20 })
  const learner = fixture.person()
  const { id: attemptId, expiresAt } = await begin(learner, id)
  await forgetLimit(fixture.school, attemptId)
  await close(id, 10)
  const ends = async () => (await readAttempt(fixture.tools, learner, attemptId)).expiresAt ?? ''
  assert.ok(Date.parse(await ends()) < Date.parse(expiresAt ?? ''))
  await close(id, 1000)
  assert.equal(await ends(), expiresAt)
})

test('An attempt from before there were closings that has no end gets none but the closing.', async () => {
  const { id } = await fixture.quiz()
  const learner = fixture.person()
  const attempt = await begin(learner, id)
  assert.equal(attempt.expiresAt, null)
  await forgetLimit(fixture.school, attempt.id)
  const ends = async () => (await readAttempt(fixture.tools, learner, attempt.id)).expiresAt
  await close(id, 10)
  const { closesAt } = await readQuiz(fixture.tools, learner, id)
  assert.equal(await ends(), closesAt)
})

test('A late attempt says so in its result, with what that cost.', async () => {
  const { id, questionId } = await fixture.quiz({ dueAt: fromNow(-30), latePercentPerDay: 25 })
  const learner = fixture.person()
  const attempt = await begin(learner, id)
  const { result } = await submitAttempt(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
  assert.deepEqual([result?.score, result?.scorePercent, result?.passed], [0.75, 75, true])
  assert.deepEqual([result?.late?.days, result?.late?.percentOff, result?.late?.scoreBefore], [1, 25, 1])
  assert.equal((await readQuiz(fixture.tools, learner, id)).attempts[0]?.late, true)
})

test('A survey that was submitted late says so, though nothing in it is graded.', async () => {
  const [late, inTime] = [fromNow(-30), fromNow(30)]
  for (const dueAt of [late, inTime]) {
    const { id, questionId } = await fixture.quiz({ kind: 'survey', dueAt })
    const learner = fixture.person()
    const attempt = await begin(learner, id)
    assert.equal((await readQuiz(fixture.tools, learner, id)).attempts[0]?.late, false)
    await submitAttempt(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
    assert.equal((await readQuiz(fixture.tools, learner, id)).attempts[0]?.late, dueAt === late)
    const { items } = await selectQuizSubmissions(fixture.school, id, { limit: 1 })
    assert.equal(items[0]?.dueAt, dueAt)
  }
})

test('The result that counts is told with each attempt, and an open one does not count.', async () => {
  const { id, questionId } = await fixture.quiz({ countedAttempt: 'average', passingScore: 50 })
  const learner = fixture.person()
  const told = []
  for (const option of ['b', 'a', 'b']) {
    const attempt = await begin(learner, id)
    await submitAttempt(fixture.tools, learner, attempt.id, { [questionId]: [option] })
    told.push((await fixture.results(attempt.id))[0]?.payload.counted)
  }
  await begin(learner, id)
  assert.deepEqual(told, [
    { scorePercent: 0, passed: false },
    { scorePercent: 50, passed: true },
    { scorePercent: 33.33, passed: false },
  ])
  const overview = await readQuiz(fixture.tools, learner, id)
  assert.deepEqual([overview.bestScorePercent, overview.countedScorePercent], [100, 33.33])
})

test('Which attempt counts is changed until there is an attempt, and not after.', async () => {
  const { id } = await fixture.quiz()
  const author = fixture.person({ author: true })
  const save = async (countedAttempt: 'last' | 'first') => {
    const { title, passingScore, questions } = await editQuiz(fixture.tools, author, id)
    const settings = {
      title,
      description: '',
      passingScore,
      timeLimitMinutes: null,
      maxAttempts: null,
      shuffle: false,
    }
    const written = questions.map(({ id, content, points, options, feedback }) => ({
      ...{ id, type: 'single_choice' as const, content, points, options, feedback },
    }))
    return saveQuiz(fixture.tools, author, { ...settings, quizId: id, countedAttempt, questions: written })
  }
  assert.equal((await save('last')).countedAttempt, 'last')
  await begin(fixture.person(), id)
  await assert.rejects(save('first'), { code: 'invalid_input' })
  assert.equal((await save('last')).countedAttempt, 'last')
})
