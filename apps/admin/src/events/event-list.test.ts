import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergedEvents, type ServiceEvent } from './event-list.ts'

const event = (id: string, at: string, rest: Partial<ServiceEvent> = {}): ServiceEvent => ({
  id,
  name: 'user.created',
  direction: 'published',
  status: 'waiting',
  attempts: 0,
  error: null,
  correlationId: 'c',
  at,
  service: 'auth',
  ...rest,
})

test('the newest event stands first, whichever service it is of', () => {
  const list = mergedEvents(
    [event('a', '2026-01-01T00:00:00Z')],
    [event('b', '2026-01-03T00:00:00Z', { service: 'education' }), event('c', '2026-01-02T00:00:00Z')],
  )
  assert.deepEqual(
    list.map(one => one.id),
    ['b', 'c', 'a'],
  )
})

test('an event whose state has moved on stands once, in its new state', () => {
  const at = '2026-01-01T00:00:00Z'
  const list = mergedEvents([event('a', at)], [event('a', at, { status: 'done' })])
  assert.deepEqual(
    list.map(one => one.status),
    ['done'],
  )
})

test('an event published here and received there is two lines', () => {
  const at = '2026-01-01T00:00:00Z'
  const list = mergedEvents(
    [event('a', at)],
    [event('a', at, { direction: 'received', service: 'education' })],
  )
  assert.equal(list.length, 2)
})
