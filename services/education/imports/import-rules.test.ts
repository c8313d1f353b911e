import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayReadImport } from './import-rules.ts'

const made = { createdBy: 'thabo' }

test('An import is seen by who began it, also once they teach no more, and by administrators.', () => {
  assert.equal(mayReadImport({ userId: 'thabo', roles: ['instructor'] }, made), true)
  assert.equal(mayReadImport({ userId: 'thabo', roles: [] }, made), true)
  assert.equal(mayReadImport({ userId: 'ayanda', roles: ['admin'] }, made), true)
})

test('An import is not there for anyone else, colleagues included.', () => {
  for (const role of ['learner', 'instructor', 'auditor', 'operator'] as const)
    assert.equal(mayReadImport({ userId: 'naledi', roles: [role] }, made), false, role)
})
