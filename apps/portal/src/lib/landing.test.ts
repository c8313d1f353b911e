import assert from 'node:assert/strict'
import { test } from 'node:test'
import { landingOf } from './landing.ts'

test('each role lands where its work is, and several roles at the one responsible for most', () => {
  assert.equal(landingOf({ roles: ['learner'] }), '/learn')
  assert.equal(landingOf({ roles: [] }), '/learn')
  assert.equal(landingOf({ roles: ['learner', 'instructor'] }), '/teach')
  assert.equal(landingOf({ roles: ['auditor', 'learner'] }), '/admin/audit')
  assert.equal(landingOf({ roles: ['auditor', 'instructor'] }), '/teach')
  assert.equal(landingOf({ roles: ['learner', 'instructor', 'admin'] }), '/admin')
  assert.equal(landingOf({ roles: ['learner', 'operator'] }), '/admin')
})

test('an office leads a learner to it, and leaves an instructor where most of their work is', () => {
  assert.equal(landingOf({ roles: ['learner'], offices: ['support'] }), '/admin/people')
  assert.equal(landingOf({ roles: ['learner'], offices: ['support', 'compliance'] }), '/admin/audit')
  assert.equal(landingOf({ roles: ['instructor'], offices: ['compliance'] }), '/teach')
  assert.equal(landingOf({ roles: ['learner'], offices: ['finance'] }), '/learn')
})
