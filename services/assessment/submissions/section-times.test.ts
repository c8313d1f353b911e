import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { sweepExpired } from './finish-attempt.ts'
import { beginSections, firstTwo, lastTwo, minutesOf, told } from './section-fixture.ts'
import { readQuiz } from './start-attempt.ts'
import { endBreak, startBreak } from './take-break.ts'

/** How long a section of an attempt lasts. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

type More<T> = T extends [unknown, ...infer Rest] ? Rest : never
const begun = (...given: More<Parameters<typeof beginSections>>) => beginSections(fixture, ...given)

test('Before it begins, and while it is taken, a learner knows the sections with their own time in them.', async () => {
  const { quiz, learner, attempt } = await begun({ timeLimitMinutes: 60 }, { extraPercent: 50 })
  const { sections } = await readQuiz(fixture.tools, learner, quiz.id)
  assert.deepEqual(sections, [
    { title: 'Reading', questionCount: 2, timeLimitMinutes: 15 },
    { title: 'Grammar', questionCount: 2, timeLimitMinutes: 30 },
  ])
  assert.deepEqual(
    attempt.sections.map(({ title, limitSeconds }) => [title, limitSeconds]),
    [
      ['Reading', 900],
      ['Grammar', 1800],
    ],
  )
  assert.equal(minutesOf(attempt.startedAt, attempt.currentSection?.endsAt), 15)
  assert.equal(minutesOf(attempt.startedAt, attempt.expiresAt), 45, 'with the last of them it is over')
})

test('Time ends a section without a call: its answers are taken a moment longer, and no longer.', async () => {
  const { save, read, later, ids } = await begun()
  await save(0, 'b')
  await later(10)
  const second = await read()
  assert.deepEqual(told(second), lastTwo)
  assert.equal(minutesOf(second.now, second.currentSection?.endsAt), 20)
  await save(0, 'a')
  await save(2, 'a')
  await later(1)
  await assert.rejects(save(0, 'b'), { code: 'question_left' })
  assert.deepEqual((await read()).answers, { [ids[0] as string]: ['a'], [ids[2] as string]: ['a'] })
})

test('Time that is left is not carried over: who goes on earlier ends earlier.', async () => {
  const { goOn, later, read } = await begun({ timeLimitMinutes: 60 })
  await later(4)
  const second = await goOn(2)
  assert.equal(minutesOf(second.now, second.currentSection?.endsAt), 20)
  assert.equal(minutesOf(second.startedAt, second.expiresAt), 24)
  await later(21)
  assert.equal((await read()).state, 'graded')
})

test('The service ends an attempt with its last section, and shows nothing of it in the moment after the end.', async () => {
  const { id, later, save, read, goOn } = await begun()
  await save(0, 'a')
  await later(30)
  assert.equal((await read()).currentSection?.number, 2)
  await later(1)
  await sweepExpired(fixture.tools)
  const [result] = await fixture.results(id)
  assert.equal(result?.payload.scorePercent, 25)
  const closed = await begun({ timeLimitMinutes: 5 })
  await fixture.endedAgo(closed.id, 1)
  assert.deepEqual(told(await closed.read()), firstTwo)
  await assert.rejects(closed.goOn(2), { code: 'attempt_closed' })
  await assert.rejects(goOn(2), { code: 'attempt_closed' })
})

test('A break stops the time of its section and of the whole, also where the quiz has no limit but that of sections.', async () => {
  const { learner, id, later, read, goOn } = await begun({ breakMinutes: 5 })
  await later(8)
  const resting = await startBreak(fixture.tools, learner, { submissionId: id, number: 1 })
  assert.deepEqual([told(resting), minutesOf(resting.startedAt, resting.currentSection?.endsAt)], [[], 15])
  assert.ok(!JSON.stringify(resting).includes('Read it twice'))
  await assert.rejects(goOn(2), { code: 'attempt_on_break' })
  await later(3)
  const on = await endBreak(fixture.tools, learner, { submissionId: id, number: 1 })
  assert.equal(minutesOf(on.startedAt, on.currentSection?.endsAt), 13)
  assert.equal(minutesOf(on.startedAt, on.expiresAt), 33)
  await later(3)
  assert.equal((await read()).currentSection?.number, 2)
})

test('More time that is given during an attempt goes to its section and later ones, and leads nobody back.', async () => {
  const { give, later, read, row } = await begun()
  await later(12)
  assert.equal((await read()).currentSection?.number, 2)
  await give(100)
  const attempt = await read()
  assert.deepEqual([attempt.currentSection?.number, told(attempt)], [2, lastTwo])
  assert.equal(minutesOf(attempt.startedAt, attempt.currentSection?.endsAt), 50)
  assert.equal(minutesOf(attempt.startedAt, attempt.expiresAt), 50)
  await give(0)
  assert.equal(minutesOf(attempt.startedAt, (await read()).expiresAt), 30)
  assert.equal((await row()).sections[0]?.limitSeconds, 600)
})

test('Less time leaves what is over as it was, too.', async () => {
  const { give, later, read } = await begun({}, { extraPercent: 100 })
  await later(25)
  await give(0)
  const attempt = await read()
  assert.equal(attempt.currentSection?.number, 2)
  assert.equal(minutesOf(attempt.startedAt, attempt.currentSection?.endsAt), 40)
})

test('Extra minutes are shared by sections that all have limits, before and during an attempt.', async () => {
  const ends = async ({ read, later, row }: Awaited<ReturnType<typeof begun>>) => {
    const { startedAt, currentSection } = await read()
    await later(25)
    const second = (await read()).currentSection
    const limits = (await row()).sections.map(({ limitSeconds }) => limitSeconds)
    return [minutesOf(startedAt, currentSection?.endsAt), second?.number, limits]
  }
  const before = await begun({ timeLimitMinutes: 30 }, { extraMinutes: 15 })
  const { sections, timeLimitMinutes } = await readQuiz(fixture.tools, before.learner, before.quiz.id)
  assert.deepEqual([timeLimitMinutes, sections.map(one => one.timeLimitMinutes)], [45, [15, 30]])
  assert.deepEqual(await ends(before), [15, 2, [900, 1800]])
  const during = await begun()
  await during.give(0, 15)
  assert.deepEqual(await ends(during), [15, 2, [900, 1800]])
  // Where one has none, it has them all.
  assert.deepEqual(await ends(await begun({}, { minutes: [10, null], extraMinutes: 15 })), [
    10,
    2,
    [600, null],
  ])
})

test('Extra time that is taken away during an attempt skips no section: what is asked goes on.', async () => {
  const { give, later, read, save, row } = await begun({}, { minutes: [10, 5], extraPercent: 100 })
  await later(18)
  assert.equal((await read()).currentSection?.number, 1)
  await give(0)
  const attempt = await read()
  assert.deepEqual(
    [attempt.state, attempt.currentSection?.number, told(attempt)],
    ['in_progress', 1, firstTwo],
  )
  await save(0, 'a')
  await later(3)
  assert.equal((await read()).currentSection?.number, 2)
  const { startedAt, expiresAt } = await row()
  assert.equal(minutesOf(startedAt, expiresAt), 25)
})
