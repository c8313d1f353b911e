import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueBefore } from './break-dates.ts'

const now = '2026-03-01T10:00:00Z'
const due = '2026-03-01T10:30:00Z'
const at = (minutes: number) => Date.parse(now) + minutes * 60_000

test('a due date that comes before the end of an attempt with its breaks is told', () => {
  assert.equal(dueBefore({ dueAt: due, closesAt: null }, now, at(31)), due)
  assert.equal(dueBefore({ dueAt: due, closesAt: null }, now, at(30)), null)
})

test('it is not told where the quiz closes first, nor once it is past', () => {
  assert.equal(dueBefore({ dueAt: due, closesAt: '2026-03-01T10:30:00Z' }, now, at(60)), null)
  assert.equal(dueBefore({ dueAt: due, closesAt: '2026-03-01T10:40:00Z' }, now, at(60)), due)
  assert.equal(dueBefore({ dueAt: now, closesAt: null }, now, at(60)), null)
  assert.equal(dueBefore({ dueAt: null, closesAt: null }, now, at(60)), null)
})
