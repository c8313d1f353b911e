import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutText } from './entry-names.ts'

test('text is cut to its length in whole characters', () => {
  assert.equal(cutText('a😀😀', 3), 'a😀')
  assert.equal(cutText('a😀😀', 4), 'a😀')
  assert.equal(cutText('short', 10), 'short')
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      (text, length) => {
        const cut = cutText(text, length)
        assert.ok(cut.length <= length && cut.isWellFormed())
      },
    ),
  )
})
