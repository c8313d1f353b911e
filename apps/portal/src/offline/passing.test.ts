import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ErrorCode } from '@azora/contracts/errors.ts'
import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'
import { isPassing } from './passing.ts'

const refused = (status: number, code: string) =>
  new ApiError({ code: code as ErrorCode, status, message: code })

test('what may go better the next time is not given up', () => {
  assert.ok(isPassing(new ConnectionLost()))
  for (const [status, code] of [
    [401, 'session_expired'],
    [403, 'impersonation_read_only'],
    [403, 'internal'],
    [408, 'anything'],
    [429, 'too_many_requests'],
    [409, 'attempt_on_break'],
    [503, 'storage_full'],
  ] as const)
    assert.ok(isPassing(refused(status, code)), code)
  const interrupted = { code: 'invalid_input', status: 400, message: '' } as const
  assert.ok(isPassing(new ApiError({ ...interrupted, data: { reason: 'upload_interrupted' } })))
  for (const code of ['attempt_closed', 'too_many_files', 'invalid_input'])
    assert.ok(!isPassing(refused(409, code)), code)
})
