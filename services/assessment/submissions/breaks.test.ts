import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '@azora/contracts/limits.ts'
import fc from 'fast-check'
import { refusalOfAnswers } from './attempt-rules.ts'
import { breakSecondsLeft, breaksTaken, breakUntil, endedNow, refusalOfBreak, withBreak } from './breaks.ts'

const begun = Date.parse('2026-03-01T10:00:00.000Z')
const at = (seconds: number) => new Date(begun + seconds * 1000).toISOString()
const open = { state: 'in_progress' as const, expiresAt: at(600), breakSeconds: 120, breaks: [] }
/** An attempt of ten minutes on its first break, which began after `from` seconds. */
const resting = (from: number) => ({
  ...open,
  expiresAt: at(720),
  breaks: withBreak(open, at(from)),
})

test('A break runs until its minutes are used up, and not a moment longer.', () => {
  const attempt = resting(60)
  assert.deepEqual(attempt.breaks, [{ from: at(60), to: at(180) }])
  assert.equal(breakUntil(attempt, at(60)), at(180))
  assert.equal(breakUntil(attempt, at(179.999)), at(180))
  assert.equal(breakUntil(attempt, at(180)), null)
  assert.equal(breakUntil(open, at(60)), null)
  assert.equal(breakUntil({ ...attempt, state: 'submitted' as 'in_progress' }, at(60)), null)
})

test('No answer is taken during a break, and each is again after it.', () => {
  const attempt = resting(60)
  assert.equal(refusalOfAnswers(attempt, at(100)), 'attempt_on_break')
  assert.equal(refusalOfAnswers({ ...attempt, breaks: endedNow(attempt.breaks, at(100)) }, at(100)), null)
  assert.equal(refusalOfAnswers(attempt, at(180)), null)
})

test('The closing of the quiz ends a break, however many minutes are left.', () => {
  const attempt = { ...resting(60), expiresAt: at(90) }
  assert.equal(breakUntil(attempt, at(61)), at(90))
  assert.equal(breakUntil(attempt, at(90)), null)
  assert.equal(refusalOfAnswers(attempt, at(106)), 'attempt_closed')
  assert.deepEqual(breaksTaken({ ...attempt, submittedAt: null }), [{ from: at(60), to: at(90) }])
})

test('What a break leaves is there for the next; a break never takes back what is over.', () => {
  const { breaks } = resting(60)
  const rested = { ...open, expiresAt: at(630), breaks: endedNow(breaks, at(90)) }
  assert.equal(breakSecondsLeft(rested), 90)
  assert.equal(refusalOfBreak(rested, at(629)), null)
  assert.equal(refusalOfBreak(rested, at(630)), 'attempt_closed')
  assert.equal(refusalOfBreak({ ...rested, breakSeconds: 30 }, at(100)), 'no_break_left')
  assert.equal(refusalOfBreak({ ...rested, state: 'submitted' as 'in_progress' }, at(100)), 'attempt_closed')
  const many = Array.from({ length: limits.breaksOfAttempt }, () => ({ from: at(1), to: at(1) }))
  assert.equal(refusalOfBreak({ ...open, breaks: many }, at(100)), 'no_break_left')
})

test('However often the clock stops, it stops for no longer than was given.', () => {
  const pauses = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 300 })))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), pauses, (breakSeconds, steps) => {
      let attempt = { ...open, expiresAt: null as string | null, breakSeconds }
      let now = 0
      for (const [work, rest] of steps) {
        now += work
        if (refusalOfBreak(attempt, at(now)) !== null) continue
        attempt = { ...attempt, breaks: withBreak(attempt, at(now)) } as typeof attempt
        now += rest
        if (breakUntil(attempt, at(now)) !== null)
          attempt = { ...attempt, breaks: endedNow(attempt.breaks, at(now)) as never }
      }
      const taken = breaksTaken({ ...attempt, submittedAt: null }).reduce(
        (sum, { from, to }) => sum + Date.parse(to) - Date.parse(from),
        0,
      )
      assert.ok(taken <= breakSeconds * 1000)
    }),
  )
})
