import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockText, leftSeconds } from './time-left.ts'

test('the time that is left counts down to nothing and not below', () => {
  const now = Date.parse('2026-01-01T10:00:00Z')
  assert.equal(leftSeconds('2026-01-01T10:10:00Z', now), 600)
  assert.equal(leftSeconds('2026-01-01T10:00:00.400Z', now), 1)
  assert.equal(leftSeconds('2026-01-01T09:59:00Z', now), 0)
})

test('the clock shows hours only when there are any', () => {
  assert.equal(clockText(245), '4:05')
  assert.equal(clockText(3600), '1:00:00')
  assert.equal(clockText(0), '0:00')
})
