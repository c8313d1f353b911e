import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf } from './place-of.ts'

const entry = (kind: string, action = `${kind}.changed`, details: Record<string, unknown> = {}) => ({
  action,
  subject: { kind, id: 'x', name: 'Its name' },
  details,
})

test('an administrator is led to what an entry is about', () => {
  for (const [kind, place] of [
    ['person', { to: '/people/x' }],
    ['invitation', { to: '/invitations' }],
    ['organization', { to: '/settings' }],
    ['course', { href: '/teach/courses/x' }],
    ['oauth_client', { href: '/developers/clients' }],
    ['webhook', { href: '/developers/webhooks/x' }],
  ] as const) {
    assert.deepEqual(placeOf(entry(kind), ['admin']), place)
  }
  assert.deepEqual(placeOf(entry('quiz', 'quiz.changed', { courseId: 'c' }), ['admin']), {
    href: '/teach/courses/c',
  })
})

test('an auditor is led to people alone, whose pages are open to them', () => {
  const open = ['person', 'invitation', 'organization', 'course', 'quiz', 'oauth_client', 'webhook'].filter(
    kind => placeOf(entry(kind, 'any.thing', { courseId: 'c' }), ['auditor']) !== null,
  )
  assert.deepEqual(open, ['person'])
})

test('nothing leads to what the entry says is gone', () => {
  assert.equal(placeOf(entry('course', 'course.deleted'), ['admin']), null)
  assert.equal(placeOf(entry('webhook', 'webhook.deleted'), ['admin']), null)
  assert.equal(
    placeOf({ ...entry('person'), subject: { kind: 'person', id: 'x', name: null } }, ['admin']),
    null,
  )
})
