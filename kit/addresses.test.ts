import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTurns } from './addresses.ts'

test('Addresses take turns, and one that failed comes last while another is there.', () => {
  const turns = takeTurns(['a', 'b', 'c'])
  assert.deepEqual(turns.inTurn(), ['a', 'b', 'c'])
  assert.deepEqual(turns.inTurn(), ['b', 'c', 'a'])
  turns.failed('b')
  for (let time = 0; time < 6; time++) assert.equal(turns.inTurn().at(-1), 'b')
})

test('When all have failed they are tried all the same, and without any there is none.', () => {
  const turns = takeTurns(['a', 'b'])
  turns.failed('a')
  turns.failed('b')
  assert.deepEqual(turns.inTurn().sort(), ['a', 'b'])
  assert.deepEqual(takeTurns([]).inTurn(), [])
})

test('One that failed takes its turn again after a while.', t => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 })
  const turns = takeTurns(['a', 'b'])
  turns.failed('a')
  assert.deepEqual(turns.inTurn(), ['b', 'a'])
  t.mock.timers.tick(3001)
  assert.deepEqual([turns.inTurn()[0], turns.inTurn()[0]].sort(), ['a', 'b'])
})
