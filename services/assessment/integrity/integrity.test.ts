import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type DeviceEntry, deviceEntry } from '@azora/contracts/assessment/integrity.ts'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { createQuiz } from '../quizzes/author-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { lockQuiz, type QuizSettings } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { saveAnswers, submitAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { sweepExpired } from '../submissions/finish-attempt.ts'
import { nextQuestion } from '../submissions/next-question.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { endBreak, startBreak } from '../submissions/take-break.ts'
import { endAgo, putBack } from '../submissions/testing.store.ts'
import { getAttemptLog } from './attempt-log.ts'
import { countEntries, deleteOldEntries, insertEntries, lockLog } from './integrity.store.ts'
import { noteActivity, noteDevice } from './note-activity.ts'
import { keepFor, switchLogOn } from './testing.store.ts'

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const android =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'
const at = '2026-03-01T10:00:00.000Z'
const left = (): DeviceEntry => ({ id: randomUUID(), kind: 'left', at })

/** An attempt that was just begun on a phone, at a quiz that keeps a log, by a learner who was told of it. */
async function begun(settings: Partial<QuizSettings> = {}, logDaysTold: number | null = 90) {
  const { id: quizId, questionId } = await fixture.quiz({ integrityLog: true, ...settings })
  const learner: AskingCaller = { ...fixture.person(), userAgent: android }
  const { id, integrityLog } = await startAttempt(fixture.tools, learner, quizId, { logDaysTold })
  return {
    id,
    quizId,
    questionId,
    learner,
    integrityLog,
    note: (...entries: DeviceEntry[]) => noteActivity(fixture.tools, learner, { submissionId: id, entries }),
    log: (by = learner) => getAttemptLog(fixture.tools, by, id),
    kinds: async () => (await getAttemptLog(fixture.tools, learner, id)).entries.map(({ kind }) => kind),
  }
}

test('A quiz notes nothing unless it says so; a survey and a quiz for practice never do.', async () => {
  for (const settings of [{ integrityLog: false }, { kind: 'survey' as const }, { practice: true }]) {
    const { id, integrityLog, note, log } = await begun(settings)
    assert.deepEqual(await note(left()), { full: false })
    assert.equal(integrityLog, false)
    assert.deepEqual(await log(), { kept: false, days: null, full: false, entries: [] })
    assert.equal(await countEntries(fixture.school, id), 0)
  }
})

test('The log tells what the service knows and what the device saw, each with its clock.', async () => {
  const { id, questionId, learner, note, log, kinds } = await begun({ timeLimitMinutes: 20, breakMinutes: 5 })
  await note(
    { ...left(), at: '2026-03-01T10:00:01.000Z' },
    { id: randomUUID(), kind: 'returned', at: '2026-03-01T10:00:41.000Z', seconds: 40 },
    { id: randomUUID(), kind: 'pasted', at: '2026-03-01T10:01:00.000Z', questionId, characters: 240 },
    { id: randomUUID(), kind: 'pasted', at: '2026-03-01T10:01:01.000Z', questionId: uuidv7(), characters: 9 },
  )
  await startBreak(fixture.tools, learner, { submissionId: id, number: 1 })
  await endBreak(fixture.tools, learner, { submissionId: id, number: 1 })
  await saveAnswers(fixture.tools, learner, id, { [questionId]: ['a'] }, { waitedSeconds: 120 })
  await submitAttempt(fixture.tools, learner, id, undefined)
  assert.deepEqual(await kinds(), [
    ...['begun', 'device', 'left', 'returned', 'pasted'],
    ...['break_began', 'break_ended', 'saved_late', 'submitted'],
  ])
  const { entries, days } = await log()
  const of = (kind: string) => entries.find(entry => entry.kind === kind)
  assert.equal(days, 90)
  assert.deepEqual([of('device')?.device, of('device')?.session], ['Chrome on Android', 1])
  assert.deepEqual([of('returned')?.seconds, of('returned')?.deviceAt], [40, '2026-03-01T10:00:41.000Z'])
  assert.notEqual(of('returned')?.at, of('returned')?.deviceAt)
  assert.deepEqual([of('pasted')?.question, of('pasted')?.characters], [1, 240])
  assert.deepEqual([of('saved_late')?.answers, of('saved_late')?.seconds], [1, 120])
})

test('Answers that come late with the end, or with the step to the next question, are noted, and their device.', async () => {
  const waited = { waitedSeconds: 300 }
  const ended = await begun()
  const other = { ...ended.learner, userAgent: 'curl/8.5.0' }
  await submitAttempt(fixture.tools, other, ended.id, { [ended.questionId]: ['a'] }, waited)
  assert.deepEqual(await ended.kinds(), ['begun', 'device', 'device', 'saved_late', 'submitted'])
  const question = questionInput.parse({
    type: 'single_choice',
    content: '<p>Which river is longer?</p>',
    options: [
      { id: 'a', content: 'The Nile', correct: true },
      { id: 'b', content: 'The Thames', correct: false },
    ],
  })
  const quiz = await createQuiz(fixture.tools, fixture.person({ author: true }), {
    ...plainSettings,
    layout: 'forward_only',
    integrityLog: true,
    courseId: uuidv7(),
    questions: [question, question],
  })
  const learner: AskingCaller = { ...fixture.person(), userAgent: android }
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, { logDaysTold: 90 })
  const answers = { [quiz.questions[0]?.id ?? '']: ['a'] }
  await nextQuestion(fixture.tools, learner, id, { position: 0, answers, ...waited })
  const { entries } = await getAttemptLog(fixture.tools, learner, id)
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ['begun', 'device', 'saved_late'],
  )
  assert.deepEqual([entries.at(-1)?.answers, entries.at(-1)?.seconds], [1, 300])
  const usual = await begun()
  await submitAttempt(fixture.tools, usual.learner, usual.id, { [usual.questionId]: ['a'] })
  assert.deepEqual(await usual.kinds(), ['begun', 'device', 'submitted'])
})

test('Nobody is logged who was not told: the start is refused, and nothing is begun.', async () => {
  await assert.rejects(begun({}, null), { code: 'log_not_told' })
  const { id: quizId } = await fixture.quiz({ integrityLog: true })
  const learner = fixture.person()
  await assert.rejects(startAttempt(fixture.tools, learner, quizId), { code: 'log_not_told' })
  const { attemptNumber, integrityLog } = await startAttempt(fixture.tools, learner, quizId, {
    logDaysTold: 90,
  })
  assert.deepEqual([attemptNumber, integrityLog], [1, true])
  // Told of a log that there is not: nothing is kept.
  assert.equal((await begun({ integrityLog: false })).integrityLog, false)
})

test('An entry is kept no longer than was told, nor than the quiz says.', async () => {
  for (const [told, set] of [
    [30, 90],
    [90, 30],
  ] as const)
    assert.equal((await (await begun({ integrityLogDays: set }, told)).log()).days, 30)
})

test('A log that is switched on at the moment of the start is not kept of who was not told.', async () => {
  const { id: quizId } = await fixture.quiz()
  const learner = fixture.person()
  const starting = overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      await lockQuiz(tx, quizId, 'update')
      await switchLogOn(tx, quizId)
    },
    () => startAttempt(fixture.tools, learner, quizId, { logDaysTold: null }),
  )
  await assert.rejects(starting, { code: 'log_not_told' })
})

test('Answers that were saved as usual are not noted, nor the device that is known.', async () => {
  const { id, questionId, learner, kinds } = await begun()
  await saveAnswers(fixture.tools, learner, id, { [questionId]: ['a'] }, { waitedSeconds: 29 })
  assert.deepEqual(await kinds(), ['begun', 'device'])
})

test('Another browser or sign-in is noted once each time it changes, without telling which one.', async () => {
  const { id, quizId, questionId, learner, log } = await begun()
  const other = { ...learner, actor: { ...learner.actor, sessionId: uuidv7() } }
  await startAttempt(fixture.tools, other, quizId, undefined)
  await saveAnswers(fixture.tools, other, id, { [questionId]: ['a'] })
  await saveAnswers(fixture.tools, learner, id, { [questionId]: ['b'] })
  const { entries } = await log()
  const devices = entries.filter(({ kind }) => kind === 'device')
  assert.deepEqual(
    devices.map(({ device, session }) => [device, session]),
    [
      ['Chrome on Android', 1],
      ['Chrome on Android', 2],
      ['Chrome on Android', 1],
    ],
  )
  assert.ok(!JSON.stringify(entries).includes(learner.actor.sessionId))
})

test('Two answers at once from another device note it once.', async () => {
  const { id, learner, kinds } = await begun()
  const other = { ...learner, userAgent: 'curl/8.5.0' }
  await overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      await lockLog(tx, id)
      const details = { device: 'curl', session: learner.actor.sessionId }
      await insertEntries(tx, id, [{ id: randomUUID(), kind: 'device', details, deviceAt: null }])
    },
    () => noteDevice(fixture.school, id, other),
  )
  assert.deepEqual(await kinds(), ['begun', 'device', 'device'])
})

test('A batch that comes again counts once, and an attempt has so many entries and no more.', async () => {
  const { id, note, log } = await begun()
  const batch = [left(), left()]
  await note(...batch)
  await note(...batch)
  assert.equal(await countEntries(fixture.school, id), 3)
  const many = () => Array.from({ length: limits.entriesInRequest }, left)
  const times = limits.deviceEntriesOfLog / limits.entriesInRequest
  for (let time = 0; time < times; time++) await note(...many())
  // Two batches at once do not go over it either.
  const [one, two] = await Promise.all([note(...many()), note(...many())])
  assert.deepEqual([one.full, two.full], [true, true])
  assert.equal(await countEntries(fixture.school, id), limits.deviceEntriesOfLog)
  assert.equal((await log()).full, true)
})

test('Batches that come together wait for one another at the last place of a log.', async () => {
  const { id, note } = await begun()
  const most = limits.deviceEntriesOfLog
  await fixture.school.transaction(tx =>
    insertEntries(
      tx,
      id,
      Array.from({ length: most - 2 }, () => ({ id: randomUUID(), kind: 'left', details: {}, deviceAt: at })),
    ),
  )
  await overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      await lockLog(tx, id)
      await insertEntries(tx, id, [{ id: randomUUID(), kind: 'left', details: {}, deviceAt: at }], { most })
    },
    () => note(left()),
  )
  assert.equal(await countEntries(fixture.school, id), most)
})

test('An attempt that ran out of time is said to be ended by the service.', async () => {
  const { id, kinds } = await begun({ timeLimitMinutes: 10 })
  await putBack(fixture.school, id, 11)
  await sweepExpired(fixture.tools)
  assert.equal((await kinds()).at(-1), 'ended')
})

test('What is handed in at the end of its time, by the page, is not said to be submitted by the learner.', async () => {
  const { id, learner, kinds } = await begun({ timeLimitMinutes: 10 })
  await endAgo(fixture.school, id, 2)
  await submitAttempt(fixture.tools, learner, id, {})
  assert.equal((await kinds()).at(-1), 'ended')
})

test('The time of an entry is one that can be stored.', () => {
  const taken = (at: string) => deviceEntry.safeParse({ ...left(), at }).success
  for (const no of ['0000-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '9999-12-31T23:59:59-01:00'])
    assert.equal(taken(no), false, no)
  for (const yes of ['1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) assert.equal(taken(yes), true, yes)
})

test('Its learner and who teaches the course read a log, and nobody else; only the learner adds to it.', async () => {
  const { id, log } = await begun()
  assert.equal((await log(fixture.person({ author: true }))).kept, true)
  await assert.rejects(log(fixture.person()), { code: 'not_found' })
  for (const other of [fixture.person(), fixture.person({ author: true })])
    await assert.rejects(noteActivity(fixture.tools, other, { submissionId: id, entries: [left()] }), {
      code: 'not_found',
    })
})

test('An entry goes when the days are over that its learner was told, whatever the quiz says now.', async () => {
  const [old, recent] = [await begun({ integrityLogDays: 1 }), await begun()]
  await old.note(left())
  await keepFor(fixture.school, old.id, -1)
  assert.deepEqual(await old.kinds(), ['begun'])
  await deleteOldEntries(kit.db.across)
  await deleteOldEntries(kit.db.across)
  assert.equal(await countEntries(fixture.school, old.id), 0)
  assert.equal(await countEntries(fixture.school, recent.id), 1)
})

test('A learner finds the log in their download, and it goes with their account.', async () => {
  const { id, learner, note } = await begun()
  await note(left())
  const { userId } = learner.actor
  const files = await assessmentPersonalData.gather(fixture.school, userId)
  const told = files.find(({ name }) => name === 'attempt-logs.json')?.content ?? []
  assert.equal((told as unknown[]).length, 2)
  await fixture.school.transaction(tx => assessmentPersonalData.erase(tx, userId))
  assert.equal(await countEntries(fixture.school, id), 0)
})
