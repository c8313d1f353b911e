import assert from 'node:assert/strict'
import { test } from 'node:test'
import { email } from '@azora/contracts/auth/shapes.ts'
import { type ErrorCode, errorCodes } from '@azora/contracts/errors.ts'
import { z } from 'zod'
import { withCorrelation } from './context.ts'
import { AppError, errorBody, invalidInput, refusal } from './errors.ts'

test('An expected failure tells its code, status, message and data.', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    const body = withCorrelation('c-1', () => errorBody(new AppError(code, { retryAfterSeconds: 3 })))
    const { status, message } = errorCodes[code]
    const data = { retryAfterSeconds: 3, correlationId: 'c-1' }
    assert.deepEqual(body, { defined: true, code, status, message, data })
  }
})

test('A bug tells its correlation id and nothing else, whatever was thrown.', () => {
  const bugs = [
    new TypeError('password of ann@school.example'),
    'password',
    { code: '23505' },
    null,
    undefined,
  ]
  for (const bug of bugs) {
    const body = withCorrelation('c-2', () => errorBody(bug))
    assert.deepEqual([body.code, body.status, body.data], ['internal', 500, { correlationId: 'c-2' }])
    assert.doesNotMatch(JSON.stringify(body), /password|23505/)
  }
})

test('The cause of a failure stays inside.', () => {
  const cause = new Error('connection refused at 10.0.0.7')
  const failure = new AppError('unavailable', {}, { cause })
  assert.equal(failure.cause, cause)
  const body = errorBody(failure)
  assert.deepEqual([body.code, body.message], ['unavailable', errorCodes.unavailable.message])
  assert.doesNotMatch(JSON.stringify(body), /10\.0\.0\.7/)
})

test('A failed parse names each rejected field by its path, and not thousands of them.', () => {
  const schema = z.object({ name: z.string(), tags: z.array(z.object({ n: z.number() })) })
  const failure = invalidInput(schema.safeParse({ tags: [{ n: 1 }, { n: 'x' }] }).error as z.ZodError)
  assert.equal(failure.code, 'invalid_input')
  assert.deepEqual(
    failure.data.fields?.map(field => field.path),
    ['name', 'tags.1.n'],
  )
  const many = schema.safeParse({ name: '', tags: Array.from({ length: 500 }, () => ({})) })
  assert.equal(invalidInput(many.error as z.ZodError).data.fields?.length, 50)
})

test('A refusal has the code of its reason, and a message with its values.', () => {
  const { code, status, message, data } = refusal('api_keys_limit', { most: 20 })
  assert.deepEqual([code, status], ['conflict', 409])
  assert.equal(message, 'You can have at most 20 keys. Revoke one first.')
  assert.deepEqual(data, { detail: 'api_keys_limit', reason: 'api_keys_limit', values: { most: 20 } })
})

test('A field that breaks a rule of ours is told by the rule, one that breaks a bound by the bound.', () => {
  const schema = z.object({ email, title: z.string().max(3), tags: z.array(z.string()).min(2) })
  const { error } = schema.safeParse({ email: 'nobody', title: 'long', tags: [] })
  const fields = invalidInput(error as z.ZodError).data.fields ?? []
  assert.deepEqual(
    fields.map(({ path, code, reason, values }) => [path, code, reason, values]),
    [
      ['email', 'custom', 'email_invalid', undefined],
      ['title', 'too_big', undefined, { maximum: '3', of: 'string' }],
      ['tags', 'too_small', undefined, { minimum: '2', of: 'array' }],
    ],
  )
})
