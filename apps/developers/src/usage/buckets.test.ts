import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filledBuckets, niceTop, spanOf } from './buckets.ts'

const now = Date.parse('2026-03-01T10:20:00Z')

test('A day is the hour of now and the 23 before it; a week is days.', () => {
  const { from, until, by } = spanOf('day', now)
  assert.deepEqual(
    [by, new Date(from).toISOString(), new Date(until).toISOString()],
    ['hour', '2026-02-28T11:00:00.000Z', '2026-03-01T11:00:00.000Z'],
  )
  assert.equal(new Date(spanOf('week', now).from).toISOString(), '2026-02-23T00:00:00.000Z')
})

test('Hours in which nobody asked are there, as nothing.', () => {
  const { until } = spanOf('day', now)
  const one = { at: '2026-03-01T08:00:00+00:00', requests: 5, limited: 1, refused: 1, failed: 0 }
  const filled = filledBuckets([one], 'day', until)
  assert.equal(filled.length, 24)
  assert.equal(filled.filter(({ requests }) => requests > 0).length, 1)
  assert.equal(filled[21], one)
})

test('The axis ends with a round number that is not less than the most.', () => {
  assert.deepEqual([0, 3, 7, 12, 41, 100, 4001].map(niceTop), [4, 4, 10, 20, 50, 100, 5000])
})
