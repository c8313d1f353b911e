import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slugOf } from './slug.ts'

test('a short name has only small letters, digits and single hyphens, and neither begins nor ends with one', () => {
  assert.equal(slugOf('  Ubuntu: Open Academy! '), 'ubuntu-open-academy')
})

test('letters lose their accents', () => {
  assert.equal(slugOf('École Thérèse 2'), 'ecole-therese-2')
})

test('a name without any such letter gives nothing, so that somebody has to write one', () => {
  assert.equal(slugOf('学校'), '')
})
