import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readApiDocument } from '../document/api-document.ts'
import { codesOf } from './codes-of.ts'

test('an operation that shows a secret once may answer that it was done already, another may not', () => {
  const { operations } = readApiDocument(
    { paths: { '/keys': { post: { 'x-azora-shown-once': true }, put: {} } } },
    'v1',
  )
  assert.deepEqual(
    operations.map(operation => [operation.method, codesOf(operation).includes('already_done')]),
    [
      ['POST', true],
      ['PUT', false],
    ],
  )
})
