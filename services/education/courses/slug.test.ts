import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { slugOf } from './slug.ts'

test('Any title has a slug that the database takes.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), title => {
      const slug = slugOf(title)
      assert.match(slug, /^[a-z0-9]+(-[a-z0-9]+)*$/)
      assert.ok(slug.length <= 80)
    }),
  )
})

test('A slug reads like its title.', () => {
  assert.equal(slugOf('  Ünit 1: Water & Life! '), 'unit-1-water-life')
  assert.equal(slugOf('数学'), 'course')
  assert.equal(slugOf(`${'a'.repeat(79)} b`), 'a'.repeat(79))
})
