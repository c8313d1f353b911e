import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, ConnectionLost, faultText } from './failures.ts'

test('a refusal is told with what is wrong with its fields, each once', () => {
  const fields = ['a', 'b'].map(path => ({ path, code: 'required', message: 'Fill this in.' }))
  const refused = new ApiError({
    code: 'invalid_input',
    status: 400,
    message: 'Check this.',
    data: { detail: 'for_programs', fields },
  })
  assert.equal(faultText(refused, ''), 'Check this. Fill this in.')
})

test('without an answer, the page says it in its own words', () => {
  assert.equal(faultText(new ConnectionLost(), 'No connection.'), 'No connection.')
})
