import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTurns } from './addresses.ts'

test('Addresses take turns, and one that failed is left out while another is there.', () => {
  const turns = takeTurns(['a', 'b', 'c'])
  assert.deepEqual([turns.next(), turns.next(), turns.next(), turns.next()], ['a', 'b', 'c', 'a'])
  turns.failed('b')
  const next = new Set(Array.from({ length: 6 }, () => turns.next()))
  assert.deepEqual(next, new Set(['a', 'c']))
})

test('When all have failed they are tried all the same, and without any there is none.', () => {
  const turns = takeTurns(['a', 'b'])
  turns.failed('a')
  turns.failed('b')
  assert.ok(turns.next())
  assert.equal(takeTurns([]).next(), null)
})
