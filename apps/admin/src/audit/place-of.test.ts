import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf } from './place-of.ts'

const entry = (kind: string, action = `${kind}.changed`, details: Record<string, unknown> = {}) => ({
  action,
  actor: { kind: 'person' as const, id: 'owner', name: 'Its owner' },
  subject: { kind, id: 'x', name: 'Its name', deleted: false },
  details,
})

const admin = { id: 'admin', roles: ['admin' as const] }
const auditor = { id: 'auditor', roles: ['auditor' as const] }

test('an administrator is led to what an entry is about', () => {
  for (const [kind, place] of [
    ['person', { to: '/people/x' }],
    ['invitation', { to: '/invitations' }],
    ['organization', { to: '/settings' }],
    ['course', { href: '/teach/courses/x' }],
    ['oauth_client', { href: '/developers/clients' }],
    ['webhook', { href: '/developers/webhooks/x' }],
  ] as const) {
    assert.deepEqual(placeOf(entry(kind), admin), place)
  }
  assert.deepEqual(placeOf(entry('quiz', 'quiz.changed', { courseId: 'c' }), admin), {
    href: '/teach/courses/c',
  })
})

test('an auditor is led to people alone, whose pages are open to them', () => {
  const open = ['person', 'invitation', 'organization', 'course', 'quiz', 'oauth_client', 'webhook'].filter(
    kind => placeOf(entry(kind, 'any.thing', { courseId: 'c' }), auditor) !== null,
  )
  assert.deepEqual(open, ['person'])
})

test('a session and an API key lead to their owner, and one’s own to the page where it can be ended', () => {
  for (const [kind, own] of [
    ['session', '/account/sessions'],
    ['api_key', '/developers/keys'],
  ] as const) {
    assert.deepEqual(placeOf(entry(kind), auditor), { to: '/people/owner' })
    assert.deepEqual(placeOf(entry(kind), { ...admin, id: 'owner' }), { href: own })
  }
})

test('nothing leads to what was deleted since', () => {
  for (const kind of ['course', 'quiz', 'webhook', 'oauth_client']) {
    const { subject, ...rest } = entry(kind, `${kind}.changed`, { courseId: 'c' })
    assert.equal(placeOf({ ...rest, subject: { ...subject, deleted: true } }, admin), null)
  }
})

test('nothing leads to what the entry says is gone', () => {
  assert.equal(placeOf(entry('course', 'course.deleted'), admin), null)
  assert.equal(placeOf(entry('webhook', 'webhook.deleted'), admin), null)
  assert.equal(
    placeOf({ ...entry('person'), subject: { kind: 'person', id: 'x', name: null, deleted: true } }, admin),
    null,
  )
})
