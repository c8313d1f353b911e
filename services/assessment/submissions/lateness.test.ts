import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countedResult } from './counted-attempt.ts'
import { gradedInTime, isLate } from './lateness.ts'

const dueAt = '2026-03-01T10:00:00.000Z'
const hours = (count: number) => new Date(Date.parse(dueAt) + count * 3_600_000).toISOString()
const grading = {
  score: 8,
  maxScore: 10,
  scorePercent: 80,
  passed: true,
  awarded: {},
  marks: {},
  hints: {},
  comments: {},
  annotations: {},
  awaiting: [],
}
const policy = { dueAt, latePercentPerDay: 10, passingScore: 75 }
type Other = { expiresAt?: string | null; dueAt?: string | null; latePercentPerDay?: number }
const gradedAt = (now: string, { expiresAt = null, ...other }: Other = {}) =>
  gradedInTime(grading, { ...policy, ...other }, { now, expiresAt })

test('An attempt costs nothing until its due date, with the grace that answers have, or where there is none.', () => {
  for (const now of [hours(-1), hours(0), hours(15 / 3600)])
    assert.deepEqual(gradedAt(now), { ...grading, late: null })
  assert.deepEqual(gradedAt(hours(1000), { dueAt: null }), { ...grading, late: null })
})

test('Each begun day after the due date costs its percent of the points, and may cost the pass.', () => {
  const oneDay = gradedAt(hours(1))
  assert.deepEqual([oneDay.score, oneDay.scorePercent, oneDay.passed], [7.2, 72, false])
  assert.deepEqual(oneDay.late, { dueAt, days: 1, percentOff: 10, scoreBefore: 8 })
  assert.equal(gradedAt(hours(24)).late?.days, 1)
  assert.equal(gradedAt(hours(24.01)).score, 6.4)
  const lost = gradedAt(hours(24 * 300))
  assert.deepEqual([lost.score, lost.scorePercent, lost.late?.percentOff], [0, 0, 100])
})

test('Where being late costs nothing it is marked all the same.', () => {
  const late = gradedAt(hours(30), { latePercentPerDay: 0 })
  assert.deepEqual([late.score, late.passed, late.late?.days], [8, true, 2])
})

test('An attempt that is found after its end was submitted at its end.', () => {
  assert.equal(gradedAt(hours(60), { expiresAt: hours(-1) }).late, null)
  assert.equal(gradedAt(hours(60), { expiresAt: hours(2) }).late?.days, 1)
})

test('What waits for a mark is late by when it was submitted; what is graded, by its grading.', () => {
  const waiting = (submittedAt: string | null) =>
    isLate({ grading: null, submittedAt, expiresAt: null }, dueAt)
  assert.deepEqual([null, hours(-1), hours(1)].map(waiting), [false, false, true])
  assert.equal(isLate({ grading: null, submittedAt: hours(9), expiresAt: hours(-1) }, dueAt), false)
  assert.equal(isLate({ grading: null, submittedAt: hours(9), expiresAt: null }, null), false)
  const graded = { scorePercent: 80, awarded: {} }
  assert.equal(isLate({ grading: graded, submittedAt: hours(9), expiresAt: null }, dueAt), false)
  const late = { dueAt, days: 1, percentOff: 0, scoreBefore: 8 }
  assert.equal(isLate({ grading: { ...graded, late }, submittedAt: hours(-9), expiresAt: null }, dueAt), true)
})

test('The best, the last, the first or the average of the attempts is the result, and decides the pass.', () => {
  const results = [
    { scorePercent: 50, passed: false, score: 5, maxScore: 10 },
    { scorePercent: 90, passed: true, score: 9, maxScore: 10 },
    { scorePercent: 61, passed: false, score: 6.1, maxScore: 10 },
  ]
  const counted = (how: 'best' | 'last' | 'first' | 'average', passing = 67) =>
    countedResult(how, results, passing)
  assert.deepEqual(counted('best'), { scorePercent: 90, passed: true })
  assert.deepEqual(counted('last'), { scorePercent: 61, passed: false })
  assert.deepEqual(counted('first'), { scorePercent: 50, passed: false })
  assert.deepEqual(counted('average'), { scorePercent: 67, passed: true })
  assert.equal(counted('average', 68)?.passed, false)
  assert.equal(countedResult('average', [], 0), null)
  // Two, five and eleven fifteenths are two fifths; their rounded percentages are a little less.
  const fifteenths = [2, 5, 11].map(score => ({
    ...{ scorePercent: Math.round((score * 10_000) / 15) / 100, passed: false, score, maxScore: 15 },
  }))
  assert.deepEqual(countedResult('average', fifteenths, 40), { scorePercent: 40, passed: true })
})
