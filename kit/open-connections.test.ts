import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, mock, test } from 'node:test'
import type { Actor } from './identity.ts'
import type { Logger } from './log.ts'
import { noNotices } from './notices.ts'
import { type ConnectionEnd, createOpenConnections } from './open-connections.ts'
import { createRevocations } from './revocations.ts'

const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }

const person = (issuedAt = Date.now() / 1000): Actor => ({
  userId: randomUUID(),
  organizationId: randomUUID(),
  sessionId: randomUUID(),
  roles: ['learner'],
  issuedAt,
  expiresAt: issuedAt + 900,
})

/** Revocations as a test makes them known. */
function known() {
  const listeners = new Set<() => void>()
  const covered = new Set<string>()
  return {
    listeners,
    cover: ({ sessionId }: { sessionId: string }) => covered.has(sessionId),
    onNews(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    revoke(sessionId: string) {
      covered.add(sessionId)
      for (const listener of listeners) listener()
    },
  }
}

let revocations: ReturnType<typeof known>
let ends: ConnectionEnd[]
const note = (why: ConnectionEnd) => void ends.push(why)
const connections = (bounds = { perPerson: 2, inAll: 3 }) => createOpenConnections({ revocations, bounds })

beforeEach(() => {
  revocations = known()
  ends = []
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_800_000_000_000 })
})
afterEach(() => mock.timers.reset())

test('A connection is told once when its session is revoked, and nobody else is.', () => {
  const open = connections()
  const [one, other] = [person(), person()]
  open.hold(one, note)
  open.hold(other, () => assert.fail('The session of another was revoked.'))
  revocations.revoke(one.sessionId)
  revocations.revoke(randomUUID())
  assert.deepEqual(ends, ['revoked'])
})

test('A session that was revoked while its connection was being opened gets none.', () => {
  const one = person()
  revocations.revoke(one.sessionId)
  assert.throws(() => connections().hold(one, note), { code: 'unauthenticated' })
})

test('A connection ends with the token that opened it.', () => {
  connections().hold(person(), note)
  mock.timers.tick(899_000)
  assert.deepEqual(ends, [])
  mock.timers.tick(1_000)
  assert.deepEqual(ends, ['expired'])
})

test('One person, and all together, have so many and no more; one that is let go makes room.', () => {
  const open = connections()
  const one = person()
  const letGo = open.hold(one, note)
  open.hold(one, note)
  assert.throws(() => open.hold(one, note), { code: 'too_many_connections', status: 429 })
  open.hold(person(), note)
  assert.throws(() => open.hold(person(), note), { code: 'unavailable', data: { retryAfterSeconds: 10 } })
  letGo()
  letGo()
  assert.equal(open.count(), 2)
  open.hold(one, note)
  assert.throws(() => open.hold(null, note), { code: 'unavailable' })
})

test('When the process stops, all are told and no new one begins.', () => {
  const open = connections()
  open.hold(person(), note)
  open.hold(null, note)
  open.endAll()
  assert.deepEqual(ends, ['stopping', 'stopping'])
  assert.throws(() => open.hold(person(), note), { code: 'unavailable' })
})

test('One that was let go is not told, and leaves no timer and no listener behind.', () => {
  const open = connections()
  const one = person()
  const letGo = open.hold(one, note)
  assert.equal(revocations.listeners.size, 1)
  letGo()
  assert.equal(revocations.listeners.size, 0)
  revocations.revoke(one.sessionId)
  mock.timers.tick(1_000_000)
  open.endAll()
  assert.deepEqual(ends, [])
})

test('What auth reports reaches them: a session, and a person whose earlier tokens are stale.', async () => {
  mock.timers.reset()
  const [one, two, fresh] = [person(), person(Date.now() / 1000 - 60), person()]
  const items = [
    { kind: 'session' as const, id: one.sessionId, at: new Date().toISOString() },
    { kind: 'user' as const, id: two.userId, at: new Date().toISOString() },
  ]
  let news = { last: 0, items: [] as typeof items }
  const feed = createRevocations({ fetchNews: async () => news, redis: null, notices: noNotices, log })
  const open = createOpenConnections({ revocations: feed, bounds: { perPerson: 1, inAll: 10 } })
  const told: string[] = []
  const all = new Promise<void>(resolve => {
    for (const actor of [one, two])
      open.hold(actor, why => {
        told.push(why)
        if (told.length === 2) resolve()
      })
  })
  open.hold(fresh, () => assert.fail('Nothing was said of this one.'))
  news = { last: 2, items }
  feed.announce()
  await all
  assert.deepEqual(told, ['revoked', 'revoked'])
  await feed.stop()
})
