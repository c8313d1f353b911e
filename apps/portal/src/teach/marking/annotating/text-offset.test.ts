import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offsetIn, offsetInField, wholeCharacters } from './text-offset.ts'

test('A line break of two characters is one in a field, and places lead to each other.', () => {
  const text = 'ab\r\ncd\nef'
  for (const [inField, at] of [
    [0, 0],
    [2, 2],
    [3, 4],
    [5, 6],
    [6, 7],
    [8, 9],
    [99, 9],
  ] as const)
    assert.equal(offsetIn(text, inField), at)
  for (const at of [0, 2, 4, 6, 7, 9]) assert.equal(offsetIn(text, offsetInField(text, at)), at)
})

test('A passage takes a character of two code units whole.', () => {
  assert.deepEqual(wholeCharacters('a🌊b', 2, 4), { start: 1, end: 4 })
  assert.deepEqual(wholeCharacters('a🌊b', 0, 2), { start: 0, end: 3 })
  assert.deepEqual(wholeCharacters('a🌊b', 1, 3), { start: 1, end: 3 })
})
