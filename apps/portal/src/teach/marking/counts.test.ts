import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countsOf, leftByPlace, sampleable } from './counts.ts'

const item = (alias: string, state: 'waiting' | 'marked') => ({ alias, decided: state === 'marked' })

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

const placed = (
  alias: string,
  place: 'first' | 'second' | 'decision' | null,
  state: 'waiting' | 'draft' | 'marked',
  decided = false,
) => ({
  alias,
  place,
  state,
  decided,
})

test('What is left is counted by which mark it is, and not at all where one person marks.', () => {
  const items = [
    placed('A', 'first', 'waiting'),
    placed('B', 'first', 'draft'),
    placed('C', 'first', 'marked'),
    placed('D', 'decision', 'waiting'),
  ]
  assert.deepEqual(leftByPlace(items), [
    { place: 'first', count: 2 },
    { place: 'decision', count: 1 },
  ])
  assert.deepEqual(leftByPlace([placed('A', null, 'waiting')]), [])
})

test('A sample is drawn from attempts whose first marks are all in, and not from what is decided.', () => {
  const whole = [placed('A', 'first', 'marked'), placed('A', 'decision', 'waiting')]
  const open = [placed('B', 'first', 'marked'), placed('B', 'first', 'waiting')]
  const decided = [placed('C', 'decision', 'marked', true)]
  assert.equal(sampleable([...whole, ...open, ...decided]), 1)
})
