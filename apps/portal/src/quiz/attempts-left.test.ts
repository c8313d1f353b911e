import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptsLeftAfter } from './attempts-left.ts'

test('An attempt that was under way when the page was read is counted once.', () => {
  assert.equal(attemptsLeftAfter({ attemptsLeft: 1, attempts: [{ id: 'a' }] }, 'a'), 1)
})

test('An attempt that began on the page is taken off.', () => {
  assert.equal(attemptsLeftAfter({ attemptsLeft: 2, attempts: [{ id: 'a' }] }, 'b'), 1)
  assert.equal(attemptsLeftAfter({ attemptsLeft: 0, attempts: [] }, 'b'), 0)
})

test('Without a limit nothing is counted.', () => {
  assert.equal(attemptsLeftAfter({ attemptsLeft: null, attempts: [] }, 'a'), null)
})
