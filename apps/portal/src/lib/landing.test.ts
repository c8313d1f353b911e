import assert from 'node:assert/strict'
import { test } from 'node:test'
import { landingOf } from './landing.ts'

test('each role lands where its work is, and several roles at the one responsible for most', () => {
  assert.equal(landingOf(['learner']), '/learn')
  assert.equal(landingOf([]), '/learn')
  assert.equal(landingOf(['learner', 'instructor']), '/teach')
  assert.equal(landingOf(['auditor', 'learner']), '/admin/audit')
  assert.equal(landingOf(['auditor', 'instructor']), '/teach')
  assert.equal(landingOf(['learner', 'instructor', 'admin']), '/admin')
  assert.equal(landingOf(['learner', 'operator']), '/admin')
})
