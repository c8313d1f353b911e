import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { storeBreaks } from '../accommodations/accommodations.store.ts'
import { saveAccommodation } from '../accommodations/accommodations.ts'
import { insertLearners } from '../courses/courses.store.ts'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { type QuizSettings, selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { withBreak } from './breaks.ts'
import { finish, sweepExpired } from './finish-attempt.ts'
import { readQuiz, startAttempt } from './start-attempt.ts'
import { lockOptionalAttempt, mergeAnswers } from './submissions.store.ts'
import { endBreak, startBreak } from './take-break.ts'
import { closeIn, putBack } from './testing.store.ts'

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const none = {
  extraPercent: 0,
  extraMinutes: 0,
  extraAttempts: 0,
  opensAt: null,
  dueAt: null,
  closesAt: null,
}

/** An attempt of twenty minutes that was just begun, with ten minutes of breaks. */
async function begun(settings: Partial<QuizSettings> = {}) {
  const made = await fixture.quiz({ timeLimitMinutes: 20, breakMinutes: 10, ...settings })
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, made.id, undefined)
  return { ...actions(learner, id), ...made, learner, submissionId: id }
}

function actions(learner: AskingCaller, submissionId: string) {
  const read = () => readAttempt(fixture.tools, learner, submissionId)
  return {
    read,
    rest: (number = 1, by = learner) => startBreak(fixture.tools, by, { submissionId, number }),
    goOn: (number = 1, by = learner) => endBreak(fixture.tools, by, { submissionId, number }),
    save: (answers: Record<string, string[]>) => saveAnswers(fixture.tools, learner, submissionId, answers),
    submit: (answers?: Record<string, string[]>) =>
      submitAttempt(fixture.tools, learner, submissionId, answers),
    /** All moments of the attempt so many minutes earlier. */
    passed: (minutes: number) => putBack(fixture.school, submissionId, minutes),
    /** Minutes from the beginning to the end. */
    lasts: async () => {
      const { startedAt, expiresAt } = await read()
      return Math.round((Date.parse(expiresAt ?? '') - Date.parse(startedAt)) / 6000) / 10
    },
  }
}

test('During a break the clock stands still, nothing is shown or taken, and nothing is lost.', async () => {
  const { id, questionId, learner, read, rest, goOn, save, submit, passed, lasts } = await begun()
  assert.equal((await readQuiz(fixture.tools, learner, id)).breakMinutes, 10)
  await save({ [questionId]: ['a'] })
  assert.deepEqual((await read()).breaks, { count: 0, secondsLeft: 600, until: null })
  const resting = await rest()
  assert.ok(resting.breaks?.until)
  for (const seen of [resting, await read(), await startAttempt(fixture.tools, learner, id, undefined)])
    assert.deepEqual([seen.questions, seen.answers, seen.formulaSheet], [[], {}, ''])
  await assert.rejects(save({ [questionId]: ['b'] }), { code: 'attempt_on_break' })
  await assert.rejects(submit({ [questionId]: ['b'] }), { code: 'attempt_on_break' })
  await passed(4)
  const back = await goOn()
  assert.equal(back.questions.length, 1)
  assert.deepEqual(back.answers, { [questionId]: ['a'] })
  assert.equal(await lasts(), 24)
  assert.equal(Math.round((back.breaks?.secondsLeft ?? 0) / 60), 6)
  assert.equal((await submit()).result?.scorePercent, 100)
})

test('A break that nobody ends is over when its minutes are used up, and the clock runs again.', async () => {
  const { questionId, read, rest, goOn, save, passed, lasts } = await begun()
  await rest()
  await passed(11)
  const awake = await read()
  assert.deepEqual([awake.breaks?.until, awake.breaks?.secondsLeft, awake.questions.length], [null, 0, 1])
  await save({ [questionId]: ['a'] })
  await assert.rejects(rest(2), { code: 'no_break_left' })
  // Too late, so it changes nothing.
  await goOn()
  assert.equal(await lasts(), 30)
  await passed(20)
  assert.equal((await read()).result?.scorePercent, 100)
})

test('A call that comes twice, or late, touches no other break; another person none at all.', async () => {
  const { rest, goOn, lasts } = await begun()
  const first = await rest()
  assert.equal((await rest()).breaks?.until, first.breaks?.until)
  await assert.rejects(rest(2), { code: 'conflict' })
  await goOn()
  await goOn()
  await assert.rejects(rest(3), { code: 'conflict' })
  await rest(2)
  const late = await goOn(1)
  assert.ok(late.breaks?.until)
  assert.equal((await rest(1)).breaks?.count, 2)
  assert.equal(await lasts(), 30)
  const stranger = fixture.person()
  await assert.rejects(rest(2, stranger), { code: 'not_found' })
  await assert.rejects(goOn(2, stranger), { code: 'not_found' })
})

test('Breaks need a time limit, minutes of their own, and an attempt that is open.', async () => {
  const endless = await begun({ timeLimitMinutes: null })
  assert.equal((await endless.read()).breaks, null)
  await assert.rejects(endless.rest(), { code: 'no_break_left' })
  const without = await begun({ breakMinutes: 0 })
  await assert.rejects(without.rest(), { code: 'no_break_left' })
  const over = await begun()
  await over.submit()
  await assert.rejects(over.rest(), { code: 'attempt_closed' })
  const grace = await begun()
  await fixture.endedAgo(grace.submissionId, 5)
  await assert.rejects(grace.rest(), { code: 'attempt_closed' })
})

test('The closing of the quiz stays where it is, and ends the attempt in the middle of a break.', async () => {
  const { id, questionId, rest, save, submissionId, read, passed, lasts } = await begun({
    closesAt: new Date(Date.now() + 25 * 60_000).toISOString(),
  })
  await save({ [questionId]: ['a'] })
  await rest()
  assert.equal(await lasts(), 25)
  await closeIn(fixture.school, id, 0)
  await passed(26)
  assert.equal((await read()).state, 'graded')
  assert.equal((await fixture.results(submissionId))[0]?.payload.scorePercent, 100)
})

test('The sweep leaves an attempt alone whose clock stood still, and ends it when it has run.', async () => {
  const { rest, goOn, passed, submissionId } = await begun()
  await rest()
  await passed(9)
  await goOn()
  await passed(19)
  await sweepExpired(fixture.tools)
  assert.equal((await fixture.results(submissionId)).length, 0)
  await passed(2)
  await sweepExpired(fixture.tools)
  assert.equal((await fixture.results(submissionId)).length, 1)
})

test('Minutes that a teacher gives or takes reach open attempts at once, and a break that is running.', async () => {
  const { id, learner, rest, read, lasts } = await begun()
  const { courseId } = (await selectOptionalQuiz(fixture.school, id)) ?? assert.fail()
  const teacher = fixture.person({ author: true })
  const { userId } = learner.actor
  await insertLearners(fixture.school, [{ courseId, userId }])
  const give = (extraBreakMinutes: number) =>
    saveAccommodation(fixture.tools, teacher, { courseId, userId, quizId: null, ...none, extraBreakMinutes })
  await rest()
  await give(15)
  assert.equal(await lasts(), 45)
  const longer = await read()
  const restsMinutes = (Date.parse(longer.breaks?.until ?? '') - Date.parse(longer.startedAt)) / 60_000
  assert.equal(Math.round(restsMinutes), 25)
  await give(0)
  assert.equal(await lasts(), 30)
  const { breaks } = await getReview(fixture.tools, teacher, longer.id)
  assert.equal(breaks.length, 1)
  const files = await assessmentPersonalData.gather(fixture.school, userId)
  const attempts = files.find(({ name }) => name === 'attempts.json')?.content ?? []
  const [told] = attempts as { breaks: unknown[] }[]
  assert.equal(told?.breaks.length, 1)
})

test('A break and the end of an attempt that come together follow one another, whichever is first.', async () => {
  const [first, second] = [await begun(), await begun()]
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      const found = (await lockOptionalAttempt(tx, first.submissionId)) ?? assert.fail()
      await finish(tx, fixture.tools, found, {})
    },
    () => first.rest(),
  )
  await assert.rejects(refused, { code: 'attempt_closed' })
  const held = overlapped(kit.db, fixture.organizationId, restIn(second.submissionId), () =>
    second.submit({ [second.questionId]: ['a'] }),
  )
  await assert.rejects(held, { code: 'attempt_on_break' })
  assert.equal((await fixture.results(second.submissionId)).length, 0)
})

/** Begins a break as `startBreak` does, in a transaction that is held open. */
const restIn =
  (submissionId: string) =>
  async (tx: Parameters<Parameters<typeof overlapped>[2]>[0]): Promise<void> => {
    const found = (await lockOptionalAttempt(tx, submissionId)) ?? assert.fail()
    const { attempt } = found
    await storeBreaks(tx, { id: submissionId, breaks: withBreak(attempt, attempt.now), sectionsEnd: null })
  }

test('Two tabs that take a break at once take one.', async () => {
  const { submissionId, rest, lasts } = await begun()
  const seen = await overlapped(kit.db, fixture.organizationId, restIn(submissionId), () => rest())
  assert.equal(seen.breaks?.count, 1)
  assert.equal(await lasts(), 30)
})

test('An answer that is saved while a break begins is kept, or told that it has to wait.', async () => {
  const [early, late] = [await begun(), await begun()]
  const resting = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => mergeAnswers(tx, { id: early.submissionId, reached: 0 }, { [early.questionId]: ['a'] }),
    () => early.rest(),
  )
  assert.ok(resting.breaks?.until)
  assert.deepEqual((await early.goOn()).answers, { [early.questionId]: ['a'] })
  const waits = overlapped(kit.db, fixture.organizationId, restIn(late.submissionId), () =>
    late.save({ [late.questionId]: ['a'] }),
  )
  await assert.rejects(waits, { code: 'attempt_on_break' })
})

test('A break that begins while the sweep looks on is not swept, and what was swept takes no break.', async () => {
  const { submissionId, rest } = await begun()
  await fixture.endedAgo(submissionId, 60)
  const refused = rest()
  const [outcome] = await Promise.allSettled([refused, sweepExpired(fixture.tools)])
  assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'attempt_closed')
  const other = await begun()
  // It was over when the sweep found it, and its teacher gives time while the sweep waits for it.
  await fixture.endedAgo(other.submissionId, 60)
  await overlapped(kit.db, fixture.organizationId, restIn(other.submissionId), () =>
    sweepExpired(fixture.tools),
  )
  assert.equal((await fixture.results(other.submissionId)).length, 0)
  assert.ok((await other.read()).breaks?.until)
})
