import assert from 'node:assert/strict'
import { it } from 'node:test'
import { visible } from './visible.ts'

it('spaces at the ends and tabs are drawn, those between words are not', () => {
  assert.equal(visible('  two words\t3 ', false), '··two words→3·')
})

it('where spaces matter each of them is drawn', () => {
  assert.equal(visible('two  words', true), 'two··words')
})

it('a long row of spaces takes no longer than it is', () => {
  assert.equal(visible(`${' '.repeat(20_000)}x`, false).length, 20_001)
})
