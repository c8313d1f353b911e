import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ErrorBody } from '@azora/contracts/errors.ts'
import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'
import { uploadFault } from './upload-fault.ts'

const told = (failure: unknown, locale = 'en') =>
  uploadFault(failure, locale, (key, values) => `${key} ${JSON.stringify(values)}`, 'connection lost')

const full = (storage: { of: 'person' | 'school'; usedBytes: number; limitBytes: number }): ErrorBody => ({
  code: 'storage_quota_reached',
  status: 409,
  message: 'No room.',
  data: { storage },
})

test('A full quota is told with what is used, what there is and what is left, as the reader writes sizes.', () => {
  const failure = new ApiError(full({ of: 'person', usedBytes: 1_500_000, limitBytes: 2_000_000 }))
  assert.equal(told(failure), 'personFull {"used":"1.5 MB","limit":"2 MB","left":"500 kB"}')
  assert.match(told(failure, 'fr'), /"used":"1,5.Mo"/)
})

test('A quota of the school is told as the school’s, and more than full leaves nothing, not less.', () => {
  const failure = new ApiError(full({ of: 'school', usedBytes: 3_000_000, limitBytes: 2_000_000 }))
  assert.match(told(failure), /^schoolFull .*"left":"0 kB"/)
})

test('Any other failure is told in the words of the API, and a line that broke as that.', () => {
  const refused: ErrorBody = { code: 'payload_too_large', status: 413, message: 'Too large.', data: {} }
  assert.equal(told(new ApiError(refused)), 'Too large.')
  assert.equal(told(new ConnectionLost()), 'connection lost')
  assert.throws(() => told(new TypeError('a bug')), /a bug/)
})
