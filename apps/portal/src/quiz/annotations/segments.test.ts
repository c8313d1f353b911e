import assert from 'node:assert/strict'
import { test } from 'node:test'
import { segmentsOf } from './segments.ts'

const told = (text: string, passages: { start: number; end: number }[]) =>
  segmentsOf(text, passages).map(({ text: piece, covering, ending }) => [piece, covering, ending])

test('A text is cut where passages begin and end, and nothing of it is lost.', () => {
  assert.deepEqual(told('abcdef', [{ start: 1, end: 3 }]), [
    ['a', [], []],
    ['bc', [0], [0]],
    ['def', [], []],
  ])
  assert.deepEqual(told('abc', []), [['abc', [], []]])
})

test('Passages that overlap share a piece, and each ends once.', () => {
  const passages = [
    { start: 0, end: 4 },
    { start: 2, end: 6 },
    { start: 2, end: 4 },
  ]
  assert.deepEqual(told('abcdef', passages), [
    ['ab', [0], []],
    ['cd', [0, 1, 2], [0, 2]],
    ['ef', [1], [1]],
  ])
})
