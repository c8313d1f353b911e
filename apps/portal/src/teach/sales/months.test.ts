import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedMonths, recentMonths } from './months.ts'

const now = new Date('2026-03-31T22:30:00Z')

test('The months before this one are each there once, over the turn of a year.', () => {
  const months = recentMonths(now)
  assert.deepEqual(months.slice(0, 4), ['2026-03', '2026-02', '2026-01', '2025-12'])
  assert.equal(new Set(months).size, months.length)
})

test('An address asks for months in any order; what is no month is a year until now.', () => {
  assert.deepEqual(askedMonths({ from: '2026-02', to: '2025-11' }, now), { from: '2025-11', to: '2026-02' })
  assert.deepEqual(askedMonths({ from: '2026-13', to: ['x'] }, now), { from: '2025-04', to: '2026-03' })
})
