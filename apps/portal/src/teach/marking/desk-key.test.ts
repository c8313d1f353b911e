import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deskKey, isAnnotateKey, isCommentsKey } from './desk-key.ts'

const pressed = (key: string, part: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  ...part,
})
const page = { inField: false, dialogOpen: false }
const field = { inField: true, dialogOpen: false }

test('Ctrl or Command with Enter is done and next, in a field too.', () => {
  assert.equal(deskKey(pressed('Enter', { ctrlKey: true }), page), 'done')
  assert.equal(deskKey(pressed('Enter', { metaKey: true }), field), 'done')
  assert.equal(deskKey(pressed('Enter'), page), null)
})

test('A key that is held, composes a character or is meant for a dialog does nothing.', () => {
  for (const part of [{ repeat: true }, { isComposing: true }])
    assert.equal(deskKey(pressed('Enter', { ctrlKey: true, ...part }), page), null)
  assert.equal(deskKey(pressed('Enter', { ctrlKey: true }), { inField: false, dialogOpen: true }), null)
})

test('Alt with an arrow moves between answers, but not from a field.', () => {
  assert.equal(deskKey(pressed('ArrowDown', { altKey: true }), page), 'next')
  assert.equal(deskKey(pressed('ArrowUp', { altKey: true }), page), 'previous')
  assert.equal(deskKey(pressed('ArrowDown', { altKey: true }), field), null)
  assert.equal(deskKey(pressed('ArrowDown'), page), null)
})

test('Ctrl or Command with a full stop opens the saved comments, once for each press.', () => {
  assert.equal(isCommentsKey(pressed('.', { ctrlKey: true })), true)
  assert.equal(isCommentsKey(pressed('.', { metaKey: true })), true)
  for (const part of [{}, { ctrlKey: true, repeat: true }, { ctrlKey: true, altKey: true }])
    assert.equal(isCommentsKey(pressed('.', part)), false)
})

test('Ctrl or Command with Alt and M comments on words, whatever character it would write.', () => {
  const coded = (part: object) => ({ ...pressed('µ', { altKey: true, ...part }), code: 'KeyM' })
  assert.equal(isAnnotateKey(coded({ ctrlKey: true })), true)
  assert.equal(isAnnotateKey(coded({ metaKey: true })), true)
  for (const part of [{}, { ctrlKey: true, repeat: true }, { ctrlKey: true, altKey: false }])
    assert.equal(isAnnotateKey(coded(part)), false)
})
