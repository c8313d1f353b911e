import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, mock, test } from 'node:test'
import { operation } from '@azora/contracts/operation.ts'
import type { AppError } from './errors.ts'
import { type Host, hostContract } from './http.ts'
import type { Actor } from './identity.ts'
import type { RequestContext } from './request-context.ts'
import { createTestKit, type TestKit, testContext } from './testing.ts'

/** Who may call what, before anything else is looked at. */

const of = (rules: Omit<Parameters<typeof operation>[0], 'path' | 'summary' | 'tags'>) =>
  operation({ ...rules, path: '/things', summary: 'A thing', tags: ['things'] })
const contract = {
  open: of({ method: 'POST', access: 'public' }),
  inside: of({ method: 'POST', access: 'internal' }),
  read: of({ method: 'GET', access: 'member' }),
  look: of({ method: 'POST', access: 'member', reads: true }),
  write: of({ method: 'POST', access: 'member' }),
  return: of({ method: 'POST', access: 'member', whileImpersonating: true }),
  manage: of({ method: 'POST', access: 'people.manage' }),
  support: of({ method: 'POST', access: 'people.support' }),
  duty: of({ method: 'POST', access: 'office:finance' }),
  atScreen: of({ method: 'POST', access: 'member', interactive: true }),
  proved: of({ method: 'POST', access: 'member', stepUp: true }),
}
type Name = keyof typeof contract

let kit: TestKit
let host: Host
before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
  host = hostContract({
    service: 'education',
    contract,
    handlers: Object.fromEntries(Object.keys(contract).map(name => [name, async () => undefined])),
    identity: kit.identity,
    internalKey: null,
    db: null,
    log: kit.log,
    metrics: kit.metrics,
  })
})
after(() => kit.dispose())

const person = (more: Partial<Actor> = {}): Actor => ({
  userId: randomUUID(),
  organizationId: randomUUID(),
  sessionId: randomUUID(),
  roles: ['learner'],
  authenticatedAt: Date.now() / 1000,
  ...more,
})

const answer = (name: Name, actor: Actor | null, more: Partial<RequestContext> = {}) =>
  host.invoke(name, {}, { ...testContext(actor), ...more }).then(
    () => 'done',
    (failure: AppError) => failure.code,
  )

test('What is internal is there for other parts alone, no matter who asks.', async () => {
  assert.equal(await answer('inside', person({ roles: ['admin', 'operator'] })), 'not_found')
  assert.equal(await answer('inside', null, { internal: true }), 'done')
})

test('What is public asks for nobody; all else for somebody.', async () => {
  assert.equal(await answer('open', null), 'done')
  for (const name of ['read', 'write', 'manage'] as const)
    assert.equal(await answer(name, null), 'unauthenticated')
})

test('A permission is asked for, and any of the roles may grant it.', async () => {
  assert.equal(await answer('manage', person({ roles: ['learner', 'instructor', 'auditor'] })), 'forbidden')
  assert.equal(await answer('manage', person({ roles: ['learner', 'admin'] })), 'done')
})

test('Scopes narrow a program to reading or writing, but not the parts that act for it.', async () => {
  const reader = person({ kind: 'key', scopes: ['education:read'] })
  const writer = person({ kind: 'key', scopes: ['education:write'] })
  const elsewhere = person({ kind: 'key', scopes: ['auth:read', 'auth:write'] })
  const outcomes = async (name: Name) => [
    await answer(name, reader),
    await answer(name, writer),
    await answer(name, elsewhere),
  ]
  assert.deepEqual(await outcomes('read'), ['done', 'insufficient_scope', 'insufficient_scope'])
  assert.deepEqual(await outcomes('write'), ['insufficient_scope', 'done', 'insufficient_scope'])
  assert.equal(await answer('write', elsewhere, { internal: true }), 'done')
})

test('An administrator who views as another reads, and writes nothing but what ends it.', async () => {
  const borrowed = person({ impersonatorId: randomUUID() })
  const outcomes = ['read', 'look', 'return', 'write', 'open', 'atScreen'] as const
  assert.deepEqual(await Promise.all(outcomes.map(name => answer(name, borrowed))), [
    'done',
    'done',
    'done',
    'impersonation_read_only',
    'impersonation_read_only',
    'impersonation_read_only',
  ])
})

test('What is for a person at a screen is refused to programs.', async () => {
  assert.equal(await answer('atScreen', person()), 'done')
  assert.equal(await answer('atScreen', person({ kind: 'key' })), 'forbidden')
  assert.equal(await answer('atScreen', person({ kind: 'client' })), 'forbidden')
})

test('An office opens what it grants, and what names it; nothing else does the latter.', async () => {
  const asOf = (roles: Actor['roles'], offices: Actor['offices']) =>
    person({ roles, ...(offices ? { offices } : {}) })
  const outcomes = async (actor: Actor) => [
    await answer('manage', actor),
    await answer('support', actor),
    await answer('duty', actor),
  ]
  assert.deepEqual(await outcomes(asOf(['learner'], [])), ['forbidden', 'forbidden', 'forbidden'])
  assert.deepEqual(await outcomes(asOf(['learner'], ['support'])), ['forbidden', 'done', 'forbidden'])
  assert.deepEqual(await outcomes(asOf(['learner'], ['finance'])), ['forbidden', 'forbidden', 'done'])
  assert.deepEqual(await outcomes(asOf(['admin', 'operator'], undefined)), ['done', 'done', 'forbidden'])
})

test('A client reads what members read, and writes nothing that members do for themselves.', async () => {
  const client = person({ kind: 'client', roles: ['admin'] })
  assert.equal(await answer('read', client), 'done')
  assert.equal(await answer('write', client), 'forbidden')
  assert.equal(await answer('manage', client), 'done')
})

test('A proof of identity is good for ten minutes, and not a second longer.', async () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 })
  try {
    const provedAgo = (seconds: number) => person({ authenticatedAt: 1_800_000_000 - seconds })
    assert.equal(await answer('proved', provedAgo(600)), 'done')
    assert.equal(await answer('proved', provedAgo(601)), 'step_up_required')
    const { authenticatedAt, ...never } = person()
    assert.equal(await answer('proved', never), 'step_up_required')
  } finally {
    mock.timers.reset()
  }
})
