import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { createTestKit, type TestKit, testRun } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { createAskedQuestions } from './asked-questions.ts'
import { readAttempt, saveAnswers, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { finishLocked, sweepExpired } from './finish-attempt.ts'
import { graceSeconds } from './grace.ts'
import { readQuiz, startAttempt } from './start-attempt.ts'
import { mergeAnswers, selectOptionalSubmission } from './submissions.store.ts'

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const begin = (learner: ReturnType<typeof fixture.person>, quizId: string) =>
  startAttempt(fixture.tools, learner, quizId, undefined)

test('A learner has as many attempts as the quiz allows, and not one more.', async () => {
  const { id } = await fixture.quiz({ maxAttempts: 2 })
  const learner = fixture.person()
  for (const number of [1, 2]) {
    const attempt = await begin(learner, id)
    assert.equal(attempt.attemptNumber, number)
    await submitAttempt(fixture.tools, learner, attempt.id, {})
  }
  await assert.rejects(begin(learner, id), { code: 'attempts_exhausted' })
  assert.equal((await readQuiz(fixture.tools, learner, id)).attemptsLeft, 0)
})

test('Answers that are saved or submitted after the time of an attempt do not count; those before do.', async () => {
  const { id, questionId } = await fixture.quiz({ timeLimitMinutes: 10 })
  const learner = fixture.person()
  const [right, wrong] = [{ [questionId]: ['a'] }, { [questionId]: ['b'] }]
  const attempt = await begin(learner, id)
  await fixture.endedAgo(attempt.id, graceSeconds - 5)
  await saveAnswers(fixture.tools, learner, attempt.id, wrong)
  await fixture.endedAgo(attempt.id, graceSeconds + 1)
  await assert.rejects(saveAnswers(fixture.tools, learner, attempt.id, right), { code: 'attempt_closed' })
  const { result } = await submitAttempt(fixture.tools, learner, attempt.id, right)
  assert.equal(result?.scorePercent, 0)
  assert.deepEqual((await selectOptionalSubmission(fixture.school, attempt.id))?.answers, wrong)
})

test('A process whose clock is wrong ends no attempt early and none late, and shows the time of the database.', async () => {
  const { id, questionId } = await fixture.quiz({ timeLimitMinutes: 10 })
  const learner = fixture.person()
  const answers = { [questionId]: ['a'] }
  const early = await begin(learner, id)
  const other = fixture.person()
  const late = await begin(other, id)
  await fixture.endedAgo(late.id, graceSeconds + 1)
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_000 })
  try {
    const read = await readAttempt(fixture.tools, learner, early.id)
    assert.equal(read.state, 'in_progress')
    const { now } = await readQuiz(fixture.tools, learner, id)
    for (const shown of [read.now, now]) assert.ok(Date.now() - Date.parse(shown) > 3_000_000)
    assert.equal((await begin(learner, id)).id, early.id)
    mock.timers.setTime(Date.now() - 7_200_000)
    await assert.rejects(saveAnswers(fixture.tools, other, late.id, answers), { code: 'attempt_closed' })
    assert.equal((await readAttempt(fixture.tools, other, late.id)).state, 'graded')
  } finally {
    mock.timers.reset()
  }
})

test('The sweep grades attempts whose time is up with what they have, and leaves all others open.', async () => {
  const { id, questionId } = await fixture.quiz({ timeLimitMinutes: 10 })
  const [absent, present] = [fixture.person(), fixture.person()]
  const [expired, open] = [await begin(absent, id), await begin(present, id)]
  await saveAnswers(fixture.tools, absent, expired.id, { [questionId]: ['a'] })
  await fixture.endedAgo(expired.id, graceSeconds + 1)
  await fixture.endedAgo(open.id, graceSeconds - 5)
  assert.equal(await sweepExpired(fixture.tools), 1)
  const [one] = await fixture.results(expired.id)
  assert.equal(one?.payload.scorePercent, 100)
  assert.equal((await selectOptionalSubmission(fixture.school, open.id))?.state, 'in_progress')
})

test('The service sweeps expired attempts every minute.', async () => {
  const sweep = assessment.wire(kit).jobs?.find(({ task }) => task.name === 'assessment.sweep_expired')
  assert.equal(sweep?.task.settings.cron, '* * * * *')
  const { id } = await fixture.quiz({ timeLimitMinutes: 10 })
  const attempt = await begin(fixture.person(), id)
  await fixture.endedAgo(attempt.id, 60)
  await sweep.work({} as never, testRun)
  assert.equal((await fixture.results(attempt.id)).length, 1)
})

test('A bank of questions cannot be read or taken by a learner.', async () => {
  const { id } = await fixture.quiz({ bank: true })
  const learner = fixture.person()
  await assert.rejects(readQuiz(fixture.tools, learner, id), { code: 'not_found' })
  await assert.rejects(begin(learner, id), { code: 'not_found' })
})

test('A worse result that comes later lowers neither the best score nor the pass.', async () => {
  const { id, questionId } = await fixture.quiz()
  const learner = fixture.person()
  for (const option of ['a', 'b']) {
    await submitAttempt(fixture.tools, learner, (await begin(learner, id)).id, { [questionId]: [option] })
  }
  const { bestScorePercent, passed, attempts } = await readQuiz(fixture.tools, learner, id)
  assert.deepEqual([bestScorePercent, passed], [100, true])
  assert.deepEqual(
    attempts.map(({ scorePercent }) => scorePercent),
    [100, 0],
  )
})

test("Another learner's attempt is not there to be read, answered or submitted.", async () => {
  const { id } = await fixture.quiz()
  const attempt = await begin(fixture.person(), id)
  const other = fixture.person()
  const absent = { code: 'not_found' }
  await assert.rejects(readAttempt(fixture.tools, other, attempt.id), absent)
  await assert.rejects(saveAnswers(fixture.tools, other, attempt.id, {}), absent)
  await assert.rejects(submitAttempt(fixture.tools, other, attempt.id, {}), absent)
})

test('The questions of an attempt are read once, and forgotten when others take their place.', async () => {
  const { id } = await fixture.quiz()
  const attempts = await Promise.all(
    [1, 2].map(async () => {
      const begun = await begin(fixture.person(), id)
      return (await selectOptionalSubmission(fixture.school, begun.id)) ?? assert.fail()
    }),
  )
  let reads = 0
  const counting = {
    ...fixture.school,
    rows: (...given: Parameters<typeof fixture.school.rows>) => {
      reads += 1
      return fixture.school.rows(...given)
    },
  } as typeof fixture.school
  const questionsOf = createAskedQuestions(1)
  const [first, second] = attempts as [(typeof attempts)[0], (typeof attempts)[0]]
  const read = async (attempt: typeof first) => {
    assert.deepEqual(
      (await questionsOf(counting, attempt)).map(question => question.id),
      attempt.questionIds,
    )
    return reads
  }
  assert.deepEqual([await read(first), await read(first)], [1, 1])
  assert.deepEqual([await read(second), await read(second), await read(first)], [2, 2, 3])
})

test('Each answer is kept beside those before, until the attempt is submitted.', async () => {
  const { id } = await fixture.quiz()
  const learner = fixture.person()
  const attempt = await begin(learner, id)
  const kept = { id: attempt.id, reached: 0 }
  await mergeAnswers(fixture.school, kept, { one: ['a'] })
  await mergeAnswers(fixture.school, kept, { two: ['b'] })
  assert.ok(await mergeAnswers(fixture.school, kept, { one: ['b'] }))
  const answers = { one: ['b'], two: ['b'] }
  assert.deepEqual((await selectOptionalSubmission(fixture.school, attempt.id))?.answers, answers)
  await submitAttempt(fixture.tools, learner, attempt.id, {})
  assert.equal(await mergeAnswers(fixture.school, kept, { one: ['a'] }), null)
  assert.deepEqual((await selectOptionalSubmission(fixture.school, attempt.id))?.answers, answers)
})

test('Flags are kept one by one beside the answers, of questions that were asked alone, and told to every device.', async () => {
  const { id, questionId } = await fixture.quiz()
  const learner = fixture.person()
  const attempt = await begin(learner, id)
  const flagged = async () => (await readAttempt(fixture.tools, learner, attempt.id)).flagged
  assert.deepEqual(await flagged(), [])
  await saveAnswers(fixture.tools, learner, attempt.id, {}, { flags: { [questionId]: true, [id]: true } })
  assert.deepEqual(await flagged(), [questionId])
  await saveAnswers(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
  assert.deepEqual(await flagged(), [questionId], 'an answer leaves them')
  const stored = await selectOptionalSubmission(fixture.school, attempt.id)
  assert.deepEqual(stored?.flags, { [questionId]: true })
  await saveAnswers(fixture.tools, learner, attempt.id, {}, { flags: { [questionId]: false } })
  assert.deepEqual(await flagged(), [])
})

test('Submitting again answers the result there is, and tells nobody a second time.', async () => {
  const { id, questionId } = await fixture.quiz()
  const learner = fixture.person()
  const attempt = await begin(learner, id)
  await submitAttempt(fixture.tools, learner, attempt.id, { [questionId]: ['b'] })
  const again = await submitAttempt(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
  assert.equal(again.result?.scorePercent, 0)
  assert.equal((await fixture.results(attempt.id)).length, 1)
})

test('An attempt that still has time is left alone by whatever ends those that have none.', async () => {
  const { id } = await fixture.quiz({ timeLimitMinutes: 10 })
  const attempt = await begin(fixture.person(), id)
  const left = await fixture.school.transaction(tx => finishLocked(tx, fixture.tools, attempt.id))
  assert.equal(left.state, 'in_progress')
  assert.deepEqual(await fixture.results(attempt.id), [])
})

test('A learner sees of a result what the quiz shows: all, the score alone, or nothing.', async () => {
  for (const [resultsShown, questions, score] of [
    ['all', 1, 100],
    ['score', 0, 100],
    ['none', undefined, undefined],
  ] as const) {
    const { id, questionId } = await fixture.quiz({ resultsShown })
    const learner = fixture.person()
    const attempt = await begin(learner, id)
    assert.equal(attempt.result, null)
    const { result } = await submitAttempt(fixture.tools, learner, attempt.id, { [questionId]: ['a'] })
    assert.deepEqual([result?.questions.length, result?.scorePercent], [questions, score])
    const overview = await readQuiz(fixture.tools, learner, id)
    assert.equal(overview.bestScorePercent, score ?? null)
    assert.equal(overview.attempts[0]?.scorePercent, score ?? null)
  }
})
