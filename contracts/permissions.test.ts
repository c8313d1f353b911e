import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { type Office, offices, openOffices } from './offices.ts'
import { may, type Permission, permissionsOf, type Role, roles } from './permissions.ts'
import { scopeOf } from './scopes.ts'
import { holdsShownOnce, once } from './shown-once.ts'

test('Each role may do exactly this.', () => {
  const expected: Record<Role, Permission[]> = {
    learner: [],
    instructor: ['course.author'],
    auditor: ['people.read', 'audit.read', 'payments.read', 'operations.read', 'ledger.read'],
    admin: [
      'course.author',
      'course.manage_all',
      'people.read',
      'people.support',
      'people.manage',
      'people.impersonate',
      'privacy.read',
      'organization.manage',
      'integrations.manage',
      'audit.read',
      'payments.read',
      'operations.read',
      'operations.manage',
      'ledger.read',
    ],
    operator: ['operations.read', 'operations.manage', 'installation.manage'],
  }
  for (const role of roles) assert.deepEqual(permissionsOf({ roles: [role] }), expected[role], role)
  assert.deepEqual(permissionsOf({ roles: ['learner', 'auditor', 'instructor'] }), [
    'course.author',
    'people.read',
    'audit.read',
    'payments.read',
    'operations.read',
    'ledger.read',
  ])
})

test('Each office adds exactly this to a role.', () => {
  const expected: Record<Office, Permission[]> = {
    support: ['people.read', 'people.support'],
    compliance: ['people.read', 'privacy.read', 'audit.read'],
    finance: ['people.read', 'payments.read', 'ledger.read'],
    moderation: [],
    safeguarding: [],
  }
  for (const office of offices) {
    assert.deepEqual(permissionsOf({ roles: ['learner'], offices: [office] }), expected[office], office)
  }
})

test('An office itself is what its holder alone has, whatever the role.', () => {
  for (const office of offices) {
    for (const held of offices) {
      assert.equal(may({ roles: [], offices: [held] }, `office:${office}`), held === office)
    }
    assert.equal(may({ roles }, `office:${office}`), false)
  }
})

test('Administrators hold every permission of the offices that can be given, so they hand out no more than that.', () => {
  const held = permissionsOf({ roles: ['admin'] })
  for (const office of openOffices) {
    for (const permission of permissionsOf({ roles: [], offices: [office] }))
      assert.ok(held.includes(permission))
  }
})

test('Reading asks for the scope to read, and all else for the scope to write.', () => {
  for (const method of ['GET', 'HEAD']) assert.equal(scopeOf('education', method), 'education:read')
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    assert.equal(scopeOf('education', method), 'education:write')
})

test('What is shown once is found wherever it stands in an answer.', () => {
  const secret = once(z.string())
  const holding = [
    secret,
    z.object({ a: z.object({ secret }) }),
    z.array(secret),
    z.object({ list: z.array(z.object({ secret: secret.nullable() })) }),
    z.union([z.object({ none: z.string() }), z.object({ secret: secret.optional() })]),
    z.string().pipe(secret),
  ]
  for (const answer of holding) assert.equal(holdsShownOnce(answer), true)
  assert.equal(holdsShownOnce(z.object({ plain: z.array(z.string()) })), false)
})
