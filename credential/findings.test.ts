import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finding, sentenceOf } from './findings.ts'

test('A finding is said with its values, as they are.', () => {
  assert.equal(sentenceOf(finding('file_not_json')), 'The file is not JSON.')
  assert.equal(
    sentenceOf(finding('type_missing', { name: '{type} $& of', type: 'Profile' })),
    '{type} $& of is not of the type Profile.',
  )
})
