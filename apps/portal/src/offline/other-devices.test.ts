import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '@azora/web/calls/failures.ts'
import { flaggedIn, heldAttempt } from './held-attempt.ts'
import { put } from './outbox.ts'
import { answer, flag, onAPage, submissionId, submit, tab } from './outbox-fixture.ts'

/** An attempt that goes on on another device while this one has no line. */

onAPage()

test('of each flag the last change is shown: what waits here, what the server had since, and else what it says', async () => {
  const told = (flagged: string[], now: string) => ({ flagged, now })
  const shown = async (flagged: string[], now: string) =>
    [...flaggedIn(told(flagged, now), await heldAttempt(submissionId))].sort()
  await flag('q1', true)
  await flag('q2', false)
  assert.deepEqual(await shown(['q2', 'q3'], '2026-03-01T10:00:00Z'), ['q1', 'q3'])
  const saved = { expiresAt: null, savedAt: '2026-03-01T10:05:00.000Z' }
  await tab(() => saved).sendWaiting()
  // The page is older than what was sent, as one that is kept on the device.
  assert.deepEqual(await shown(['q2', 'q3'], '2026-03-01T10:04:00Z'), ['q1', 'q3'])
  // It is newer: another device changed them since.
  assert.deepEqual(await shown(['q2', 'q3'], '2026-03-01T10:06:00Z'), ['q2', 'q3'])
  await flag('q3', false)
  assert.deepEqual(await shown(['q2', 'q3'], '2026-03-01T10:06:00Z'), ['q2'])
})

test('a flag that waited tells for how long', async context => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  await flag('q1', true)
  context.mock.timers.tick(40_000)
  await flag('q2', true)
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  assert.deepEqual(sent[0]?.[1].flagsWaitedSeconds, { q1: 40 })
})

test('what this device submits because its time seems up says so, and goes on where the server says that it is not', async () => {
  await answer('q1', 'a')
  await flag('q1', true)
  await put({ kind: 'submit', submissionId, timeUp: true })
  const { sent, sendWaiting, takeGraded } = tab(() => ({ state: 'in_progress' }))
  await sendWaiting()
  assert.deepEqual(sent[0], ['assessment.submit', { submissionId, answers: { q1: ['a'] }, timeUp: true }])
  assert.equal(takeGraded(submissionId)?.state, 'in_progress')
  const held = await heldAttempt(submissionId)
  assert.deepEqual([held.submitted, held.sent, held.waiting], [false, { q1: ['a'] }, {}])
  // The flag did not go with it, and is sent now; and the attempt takes what is answered next.
  assert.deepEqual(sent[1], ['assessment.saveAnswers', { submissionId, answers: {}, flags: { q1: true } }])
  assert.equal(await answer('q1', 'b'), true)
})

test('answers that come late with the end of their attempt tell how long they waited', async context => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  await answer('q1', 'a')
  context.mock.timers.tick(300_000)
  await submit()
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  assert.deepEqual(sent, [
    ['assessment.submit', { submissionId, answers: { q1: ['a'] }, waitedSeconds: 300 }],
  ])
})

test('what its learner has submitted stays submitted, also when the time seems up before the line is back', async () => {
  await answer('q1', 'a')
  await submit()
  await put({ kind: 'submit', submissionId, timeUp: true })
  const { sent, sendWaiting } = tab(() => ({ state: 'graded' }))
  await sendWaiting()
  assert.deepEqual(sent, [['assessment.submit', { submissionId, answers: { q1: ['a'] } }]])
})

test('that an attempt went on is not told again once more of it was sent', async () => {
  await answer('q1', 'a')
  await put({ kind: 'submit', submissionId, timeUp: true })
  const { sendWaiting, takeGraded } = tab(operation => {
    if (operation === 'assessment.submit') return { state: 'in_progress' }
    throw new ApiError({ code: 'attempt_closed', status: 409, message: 'Closed.' })
  })
  // Sent from another page than that of the attempt, so that no one took what was answered.
  await sendWaiting()
  await answer('q1', 'b')
  await sendWaiting()
  assert.equal((await heldAttempt(submissionId)).closed, true)
  assert.equal(takeGraded(submissionId), undefined)
})

test('an answer that goes with a flag from before is not said to have waited as long', async context => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  await flag('q1', true)
  context.mock.timers.tick(600_000)
  await answer('q1', 'a')
  const { sent, sendWaiting } = tab()
  await sendWaiting()
  assert.deepEqual(sent[0]?.[1].waitedSeconds, undefined)
})
