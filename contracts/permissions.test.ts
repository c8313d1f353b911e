import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { type Permission, permissionsOf, type Role, roles } from './permissions.ts'
import { scopeOf } from './scopes.ts'
import { holdsShownOnce, once } from './shown-once.ts'

test('Each role may do exactly this.', () => {
  const expected: Record<Role, Permission[]> = {
    learner: [],
    instructor: ['course.author'],
    auditor: ['people.read', 'audit.read', 'operations.read'],
    admin: [
      'course.author',
      'course.manage_all',
      'people.read',
      'people.manage',
      'people.impersonate',
      'organization.manage',
      'integrations.manage',
      'audit.read',
      'operations.read',
      'operations.manage',
    ],
    operator: ['operations.read', 'operations.manage', 'installation.manage'],
  }
  for (const role of roles) assert.deepEqual(permissionsOf([role]), expected[role], role)
  assert.deepEqual(permissionsOf(['learner', 'auditor', 'instructor']), [
    'course.author',
    'people.read',
    'audit.read',
    'operations.read',
  ])
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
