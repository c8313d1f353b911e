import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  accessToAttempt,
  answersAtEnd,
  attemptsLeft,
  gateOf,
  hasToEnd,
  isOver,
  nextAttempt,
  refusalToSee,
  standingOf,
  takesAnswers,
} from './attempt-rules.ts'
import { graceSeconds } from './grace.ts'

const end = '2026-03-01T10:00:00.000Z'
const after = (ms: number) => new Date(Date.parse(end) + ms).toISOString()
const lastMomentMs = graceSeconds * 1000
const open = { state: 'in_progress' as const, expiresAt: end, answers: { q: ['kept'] } }
const graded = { ...open, state: 'graded' as const }

test('An attempt takes answers up to the last moment of its grace, and not a millisecond longer.', () => {
  assert.equal(graceSeconds, 15)
  for (const [ms, over] of [
    [-1, false],
    [lastMomentMs, false],
    [lastMomentMs + 1, true],
  ] as const) {
    assert.equal(isOver(open, after(ms)), over)
    assert.equal(takesAnswers(open, after(ms)), !over)
    assert.equal(hasToEnd(open, after(ms)), over)
  }
})

test('An attempt without a time limit never ends by itself.', () => {
  const endless = { ...open, expiresAt: null }
  assert.deepEqual([isOver(endless, after(1e12)), hasToEnd(endless, after(1e12))], [false, false])
  assert.equal(takesAnswers(endless, after(1e12)), true)
})

test('An attempt that was submitted takes no answers and does not end again, whatever the time.', () => {
  for (const now of [after(-1), after(lastMomentMs + 1)]) {
    for (const state of ['graded', 'submitted'] as const) {
      assert.deepEqual(
        [takesAnswers({ ...open, state }, now), hasToEnd({ ...open, state }, now)],
        [false, false],
      )
    }
  }
})

test('Answers that come with the end count in time and over those before; after time, only what was kept does.', () => {
  const sent = { q: ['sent'], r: ['also'] }
  assert.deepEqual(answersAtEnd(open, sent, after(lastMomentMs)), sent)
  assert.deepEqual(answersAtEnd(open, { r: ['also'] }, after(0)), { q: ['kept'], r: ['also'] })
  assert.deepEqual(answersAtEnd(open, sent, after(lastMomentMs + 1)), { q: ['kept'] })
  assert.deepEqual(answersAtEnd(graded, sent, after(0)), { q: ['kept'] })
})

test('Exactly as many attempts begin as a quiz allows, one number after another.', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), maxAttempts => {
      let latest: { state: 'graded'; expiresAt: null; attemptNumber: number } | null = null
      for (let number = 1; number <= maxAttempts; number++) {
        assert.equal(attemptsLeft({ maxAttempts }, number - 1), maxAttempts - number + 1)
        assert.deepEqual(nextAttempt({ maxAttempts }, latest, end), {
          kind: 'begin',
          attemptNumber: number,
          endFirst: false,
        })
        latest = { state: 'graded', expiresAt: null, attemptNumber: number }
      }
      assert.deepEqual(nextAttempt({ maxAttempts }, latest, end), { kind: 'exhausted' })
      assert.equal(attemptsLeft({ maxAttempts }, maxAttempts), 0)
    }),
  )
  assert.equal(
    attemptsLeft({ maxAttempts: 2 }, 5),
    0,
    'a limit that was lowered later leaves none, not fewer',
  )
  assert.equal(attemptsLeft({ maxAttempts: null }, 500), null)
})

test('The open attempt continues, also the last one; one past its time is ended before the next begins.', () => {
  const latest = { ...open, attemptNumber: 2 }
  const late = after(lastMomentMs + 1)
  assert.deepEqual(nextAttempt({ maxAttempts: 2 }, latest, end), { kind: 'continue' })
  assert.deepEqual(nextAttempt({ maxAttempts: 2 }, latest, late), { kind: 'exhausted' })
  const begun = { kind: 'begin', attemptNumber: 3, endFirst: true }
  assert.deepEqual(nextAttempt({ maxAttempts: 3 }, latest, late), begun)
  assert.deepEqual(nextAttempt({ maxAttempts: null }, latest, late), begun)
  const submitted = { ...latest, state: 'submitted' as const }
  assert.deepEqual(nextAttempt({ maxAttempts: null }, submitted, end), { ...begun, endFirst: false })
})

test('A bank is seen by its author alone, a quiz by who takes part in the course.', () => {
  const [author, learner, stranger] = [
    { author: true, enrolled: false },
    { author: false, enrolled: true },
    { author: false, enrolled: false },
  ]
  assert.deepEqual(
    [author, learner, stranger].map(role => refusalToSee({ bank: true }, role)),
    [null, 'not_found', 'not_enrolled'],
  )
  assert.deepEqual(
    [author, learner, stranger].map(role => refusalToSee({ bank: false }, role)),
    [null, null, 'not_enrolled'],
  )
})

test('Learners wait for the opening date first and need the access code then; authors need neither.', () => {
  const gate = (locked: boolean, closed: boolean, hasAccessCode: boolean, author = false) =>
    gateOf({ locked, closed, hasAccessCode }, author)
  assert.equal(gate(true, false, true), 'opening')
  assert.equal(gate(false, true, true), 'closing')
  assert.equal(gate(false, false, true), 'access_code')
  assert.equal(gate(false, false, false), 'none')
  assert.deepEqual([gate(true, false, true, true), gate(false, true, true, true)], ['none', 'none'])
})

test('The best result stands, wherever it comes among the others.', () => {
  const result = fc.record({
    scorePercent: fc.option(fc.integer({ min: 0, max: 100 })),
    passed: fc.option(fc.boolean()),
  })
  fc.assert(
    fc.property(fc.array(result), results => {
      const scores = results.flatMap(({ scorePercent }) => scorePercent ?? [])
      const { bestScorePercent, passed } = standingOf(results)
      assert.equal(bestScorePercent, scores.length === 0 ? null : scores.sort((a, b) => b - a)[0])
      assert.equal(passed, results.filter(one => one.passed === true).length > 0)
    }),
  )
})

test('An attempt is looked at by the one whose it is, and by the author of the course; a survey by its own alone.', () => {
  const attempt = { userId: 'lwazi' }
  for (const kind of ['quiz', 'survey'] as const)
    assert.equal(accessToAttempt('lwazi', attempt, { kind }), 'own')
  assert.equal(accessToAttempt('thabo', attempt, { kind: 'quiz' }), 'if_author')
  assert.equal(accessToAttempt('thabo', attempt, { kind: 'survey' }), 'no')
})
