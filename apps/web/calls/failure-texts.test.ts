import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ErrorBody,
  type ErrorData,
  errorCodes,
  failureReasons,
  fieldReasons,
  publishProblemCodes,
} from '@azora/contracts/errors.ts'
import texts from '../messages/en.failures.json' with { type: 'json' }
import { inWords, translated } from './failure-texts.ts'

const body = (code: ErrorBody['code'], data: ErrorData = {}): ErrorBody => ({
  code,
  status: 400,
  message: 'English of the server.',
  data,
})
const said = (code: ErrorBody['code'], data?: ErrorData) => inWords(body(code, data), texts, 'en').message
const fieldSaid = (fault: { code: string; values?: Record<string, string | number> }) =>
  inWords(
    body('invalid_input', { fields: [{ path: 'a', message: 'English of the server.', ...fault }] }),
    texts,
    'en',
  ).data?.fields?.[0]?.message

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name).sort()

test('every code, reason and field of the contracts has a text that speaks of the same values', () => {
  assert.deepEqual(Object.keys(texts.codes).sort(), Object.keys(errorCodes).sort())
  assert.deepEqual(Object.keys(texts.reasons).sort(), Object.keys(failureReasons).sort())
  assert.deepEqual(Object.keys(texts.problems).sort(), [...publishProblemCodes].sort())
  for (const [reason, { message }] of Object.entries(failureReasons))
    assert.deepEqual(placeholders(texts.reasons[reason as never]), placeholders(message), reason)
  for (const [reason, message] of Object.entries(fieldReasons)) {
    assert.ok(Object.hasOwn(texts.fields, reason), reason)
    assert.deepEqual(placeholders(texts.fields[reason as never]), placeholders(message), reason)
  }
})

test('a refusal is told by its reason where it has one, else by its code', () => {
  assert.equal(said('conflict'), texts.codes.conflict)
  assert.equal(
    said('conflict', { reason: 'api_keys_limit', values: { most: 20 } }),
    'You can have at most 20 keys. Revoke one first.',
  )
})

test('a field is told by its reason, else by its bound, else as one to check', () => {
  assert.equal(fieldSaid({ code: 'custom', reason: 'same_email' } as never), texts.fields.same_email)
  assert.equal(fieldSaid({ code: 'too_small', values: { minimum: '1', of: 'string' } }), 'Fill this in.')
  assert.equal(
    fieldSaid({ code: 'too_big', values: { maximum: '2000', of: 'string' } }),
    'Too long: enter at most 2,000 characters.',
  )
  assert.equal(fieldSaid({ code: 'too_small', values: { minimum: '1', of: 'int' } }), 'Enter 1 or more.')
  assert.equal(
    fieldSaid({ code: 'invalid_format', values: { format: 'url' } }),
    texts.fields.invalid_format_url,
  )
  assert.equal(fieldSaid({ code: 'toString' }), texts.fields.other)
})

test('what keeps a course from being published is named with its part', () => {
  const part = { kind: 'lesson', id: '1', title: 'Cells' } as const
  const problems = [{ code: 'video_missing', part, message: 'English of the server.' } as const]
  assert.match(said('course_not_publishable', { problems }), /Cells: /)
  assert.doesNotMatch(said('course_not_publishable', { problems }), /English of the server/)
})

test('the texts are loaded when they are needed, and a code of a newer server keeps its sentence', async () => {
  assert.equal((await translated(body('not_found'))).message, texts.codes.not_found)
  assert.equal((await translated(body('newer' as never))).message, 'English of the server.')
})
