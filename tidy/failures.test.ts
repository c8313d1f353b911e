import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTest, read, sources } from './repository.ts'

/**
 * What is refused is named in the contracts, so that every client can tell it in its own language: no part words a
 * rejected field by itself. (A failure cannot: `AppError` takes no message.)
 */
const ownWords = /\bfields: \[\s*\{\s*path/

const faultsOf = (path: string, text: string) =>
  ownWords.test(text)
    ? [`${path}: name this fault in contracts/<service>/failures.ts, and use invalidField`]
    : []

test('Rejected fields are named in the contracts.', () => {
  const parts = sources.filter(path => /^(services|kit|apps\/azora)\//.test(path) && !isTest(path))
  assert.deepEqual(
    parts.flatMap(path => faultsOf(path, read(path))),
    [],
  )
})

test('The rule sees a field that is worded in place.', () => {
  assert.equal(
    faultsOf('a.ts', "new AppError('invalid_input', { fields: [{ path: 'a', code, message }] })").length,
    1,
  )
  assert.equal(faultsOf('a.ts', "new AppError('invalid_input', { fields: faults })").length, 0)
})
