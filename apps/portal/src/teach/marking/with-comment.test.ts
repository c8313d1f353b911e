import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matching, withComment } from './with-comment.ts'

test('A saved comment is put below what is there, or alone, and never makes it too long.', () => {
  assert.equal(withComment(' ', 'Say why.', 20), 'Say why.')
  assert.equal(withComment('Good. \n', 'Say why.', 20), 'Good.\nSay why.')
  assert.equal(withComment('Good.', 'Say why.', 14), 'Good.\nSay why.')
  assert.equal(withComment('Good.', 'Say why.', 13), null)
})

test('Comments are found by a part of them, in small or capital letters.', () => {
  const comments = [{ text: 'Say why.' }, { text: 'Good.' }]
  assert.deepEqual(matching(comments, ' WHY'), [comments[0]])
  assert.deepEqual(matching(comments, ''), comments)
})
