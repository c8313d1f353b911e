import assert from 'node:assert/strict'
import { it } from 'node:test'
import { lineStart } from './line-start.ts'

it('a line begins after the end of the one before, and one that is not there at the end', () => {
  assert.equal(lineStart('a\nbc\n\nd', 1), 0)
  assert.equal(lineStart('a\nbc\n\nd', 2), 2)
  assert.equal(lineStart('a\nbc\n\nd', 4), 6)
  assert.equal(lineStart('a\nbc', 9), 4)
})
