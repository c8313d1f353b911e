import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countsOf } from './counts.ts'

const item = (alias: string, state: 'waiting' | 'marked') => ({ alias, state })

test('What the desk does not hold is counted too, and marks given since.', () => {
  const items = [item('A', 'waiting'), item('B', 'waiting'), item('C', 'marked')]
  const desk = { waitingCount: 2, markedCount: 9, readyCount: 9, items }
  assert.deepEqual(countsOf(desk, items), { done: 9, count: 11, ready: 9, beyond: 8 })
  const after = [item('A', 'marked'), item('B', 'waiting'), item('C', 'marked')]
  assert.deepEqual(countsOf(desk, after), { done: 10, count: 11, ready: 10, beyond: 8 })
})

test('An attempt is ready with its last mark, and what was graded counts no longer.', () => {
  const items = [item('A', 'waiting'), item('A', 'marked')]
  const desk = { waitingCount: 1, markedCount: 1, readyCount: 0, items }
  assert.equal(countsOf(desk, items).ready, 0)
  assert.equal(countsOf(desk, [item('A', 'marked'), item('A', 'marked')]).ready, 1)
  assert.deepEqual(countsOf(desk, []), { done: 0, count: 0, ready: 0, beyond: 0 })
})
