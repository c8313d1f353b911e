import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBody } from './check-body.ts'

const schema = {
  type: 'object',
  required: ['name', 'scopes', 'expiresInDays'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 8 },
    scopes: { type: 'array', minItems: 1, items: { enum: ['auth:read', 'auth:write'] } },
    expiresInDays: { anyOf: [{ type: 'integer', minimum: 1, maximum: 365 }, { type: 'null' }] },
    nested: { type: 'object', properties: { on: { type: 'boolean' } } },
  },
}
const faultsOf = (body: unknown) =>
  checkBody(schema, typeof body === 'string' ? body : JSON.stringify(body)).map(
    ({ path, kind }) => `${path} ${kind}`,
  )

test('A body that fits has no faults, with null where null may be.', () => {
  assert.deepEqual(
    faultsOf({ name: 'a', scopes: ['auth:read'], expiresInDays: null, nested: { on: true } }),
    [],
  )
  assert.deepEqual(faultsOf({ name: 'a', scopes: ['auth:read'], expiresInDays: 30 }), [])
})

test('Each fault is told with its place.', () => {
  assert.deepEqual(faultsOf('{'), [' json'])
  assert.deepEqual(faultsOf([]), [' type'])
  assert.deepEqual(faultsOf({ name: '', scopes: ['x'], expiresInDays: 400, nested: { on: 1 }, other: 1 }), [
    'name short',
    'scopes.0 choice',
    'expiresInDays large',
    'nested.on type',
    'other unknown',
  ])
  assert.deepEqual(faultsOf({ name: 'too long a name', scopes: [] }), [
    'expiresInDays required',
    'name long',
    'scopes few',
  ])
})
