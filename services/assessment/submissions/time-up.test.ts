import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { startAttempt } from './start-attempt.ts'
import { lockOptionalAttempt, updateAnswers } from './submissions.store.ts'
import { endBreak, startBreak } from './take-break.ts'
import { putBack } from './testing.store.ts'

/** An attempt that a device submits because, by what the device knows, its time is up. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

async function begun() {
  const { id: quizId, questionId } = await fixture.quiz({ timeLimitMinutes: 20, breakMinutes: 10 })
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quizId)
  const which = { submissionId: id, number: 1 }
  return {
    id,
    questionId,
    read: () => readAttempt(fixture.tools, learner, id),
    save: (option: string) => saveAnswers(fixture.tools, learner, id, { [questionId]: [option] }),
    timeUp: (option?: string) =>
      submitAttempt(fixture.tools, learner, id, option ? { [questionId]: [option] } : {}, { timeUp: true }),
    rest: () => startBreak(fixture.tools, learner, which),
    goOn: () => endBreak(fixture.tools, learner, which),
    passed: (minutes: number) => putBack(fixture.school, id, minutes),
  }
}

test('A device that missed a break ends nothing at the old end: it is told the new one, and its answers are kept.', async () => {
  const { id, questionId, read, timeUp, rest, goOn, passed } = await begun()
  await rest()
  await passed(10)
  await goOn()
  await passed(11)
  const told = await timeUp('a')
  assert.deepEqual([told.state, told.result], ['in_progress', null])
  assert.equal(told.expiresAt, (await read()).expiresAt)
  assert.ok(Date.parse(told.expiresAt ?? '') > Date.parse(told.now))
  assert.deepEqual((await read()).answers, { [questionId]: ['a'] })
  assert.equal((await fixture.results(id)).length, 0)
  await passed(9)
  const ended = await timeUp()
  assert.deepEqual([ended.state, ended.result?.scorePercent], ['graded', 100])
})

test('During the break itself it waits, as all of the attempt does.', async () => {
  const { timeUp, rest, read } = await begun()
  await rest()
  await assert.rejects(timeUp('a'), { code: 'attempt_on_break' })
  assert.ok((await read()).breaks?.until)
})

test('At its end by the clock of the service it is submitted, and what came too late does not count.', async () => {
  const [just, late] = [await begun(), await begun()]
  await fixture.endedAgo(just.id, 0)
  assert.equal((await just.timeUp('a')).result?.scorePercent, 100)
  await late.save('b')
  await fixture.endedAgo(late.id, 60)
  assert.equal((await late.timeUp('a')).result?.scorePercent, 0)
})

test('Where the end was taken away it goes on too.', async () => {
  const { id: quizId, questionId } = await fixture.quiz()
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quizId)
  const sent = { [questionId]: ['a'] }
  const told = await submitAttempt(fixture.tools, learner, id, sent, { timeUp: true })
  assert.deepEqual([told.state, told.expiresAt, told.answers], ['in_progress', null, sent])
})

test('A break that begins at the same moment is not ended by it, and no answer is lost, whichever comes first.', async () => {
  const [first, second] = [await begun(), await begun()]
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    async tx => void (await lockOptionalAttempt(tx, first.id)),
    () => Promise.allSettled([first.rest(), first.timeUp('a')]),
  )
  const [resting] = await refused
  assert.equal(resting.status, 'fulfilled')
  assert.equal((await first.read()).state, 'in_progress')
  // The answers are being kept while the break waits for the lock.
  const rested = await overlapped(
    kit.db,
    fixture.organizationId,
    async tx => {
      const { attempt } = (await lockOptionalAttempt(tx, second.id)) ?? assert.fail()
      await updateAnswers(tx, { ...attempt, answers: { [second.questionId]: ['a'] } })
    },
    () => second.rest(),
  )
  assert.ok(rested.breaks?.until)
  assert.deepEqual((await second.goOn()).answers, { [second.questionId]: ['a'] })
})

test('An attempt that goes on is shown with all that it is taken with.', async () => {
  const { id: quizId } = await fixture.quiz({
    timeLimitMinutes: 20,
    calculator: true,
    formulaSheet: '<p>F = ma</p>',
  })
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quizId)
  const told = await submitAttempt(fixture.tools, learner, id, {}, { timeUp: true })
  assert.deepEqual([told.state, told.calculator, told.formulaSheet], ['in_progress', true, '<p>F = ma</p>'])
})
