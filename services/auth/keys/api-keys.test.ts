import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AppError } from '@azora/kit/errors.ts'
import { anonymousContext } from '@azora/kit/request-context.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn, testContext } from '@azora/kit/testing.ts'
import { removePerson, setRoles, suspendPerson } from '../people/manage-members.ts'
import { startKeys } from './testing.ts'

let auth: Awaited<ReturnType<typeof startKeys>>
let admin: Awaited<ReturnType<typeof auth.person>>

before(async () => {
  auth = await startKeys()
  admin = await auth.person(['admin'])
})
after(() => auth?.dispose())

type Person = typeof admin

async function keyOf(owner: Person, wanted: { scopes?: ['education:read']; days?: number | null } = {}) {
  const input = {
    name: 'Timetable',
    scopes: wanted.scopes ?? ['education:read'],
    expiresInDays: wanted.days ?? null,
  }
  return (await auth.host.invoke('createApiKey', input, owner.context)) as {
    id: string
    prefix: string
    secret: string
    expiresAt: string | null
  }
}

const exchange = (key: string) =>
  auth.host.invoke('exchangeApiKey', { key }, anonymousContext) as Promise<{
    accessToken: string
    accessExpiresAt: string
  }>

const refused = (key: string) =>
  assert.rejects(
    exchange(key),
    (failure: unknown) => failure instanceof AppError && failure.code === 'unauthenticated',
  )

const isStale = async (token: string) =>
  auth.identity.verify(token).then(
    () => false,
    () => true,
  )

const entries = (action: string) =>
  auth.db.infrastructure.rows<{ payload: Record<string, unknown> }>(sql`
    select payload from outbox where name = 'audit.recorded' and payload ->> 'action' = ${action}`)

test('A key is exchanged for a token that acts as its owner within its scopes, and names the key as its session.', async () => {
  const owner = await auth.person(['instructor'])
  const key = await keyOf(owner)
  const { accessToken } = await exchange(key.secret)
  const { issuedAt = 0, expiresAt = 0, ...actor } = await auth.identity.verify(accessToken)
  assert.ok(expiresAt > issuedAt)
  assert.deepEqual(actor, {
    userId: owner.userId,
    organizationId: auth.north,
    roles: ['instructor'],
    sessionId: key.id,
    kind: 'key',
    scopes: ['education:read'],
    tier: 'free',
  })
})

test('A key has the form by which the gateway knows it, and is shown once; of it the database keeps a hash alone.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner)
  assert.match(key.secret, /^azora_[0-9a-f]{32}_[\w-]{43}$/)
  assert.ok(key.secret.startsWith(key.prefix))
  const listed = await auth.host.invoke('listApiKeys', undefined, owner.context)
  const proof = key.secret.slice(-43)
  assert.ok(!JSON.stringify(listed).includes(proof))
  const { text } = await auth.db.across.one<{ text: string }>(sql`
    select coalesce((select json_agg(k)::text from api_keys k), '')
      || (select json_agg(o)::text from outbox o) as text`)
  assert.ok(text.includes(key.id))
  assert.ok(!text.includes(proof))
})

test('Nobody lists or ends the keys of others, nor their own from another school.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner)
  const elsewhere = testContext({ ...owner.actor, organizationId: auth.south })
  for (const context of [admin.context, elsewhere]) {
    const listed = (await auth.host.invoke('listApiKeys', undefined, context)) as { items: { id: string }[] }
    assert.ok(!listed.items.some(item => item.id === key.id))
    await assert.rejects(auth.host.invoke('revokeApiKey', { keyId: key.id }, context), { code: 'not_found' })
  }
  await exchange(key.secret)
})

test('A revoked key is refused, the token made for it stops everywhere, and both are written down once.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner)
  const { accessToken } = await exchange(key.secret)
  await auth.host.invoke('revokeApiKey', { keyId: key.id }, owner.context)
  await auth.host.invoke('revokeApiKey', { keyId: key.id }, owner.context)
  await refused(key.secret)
  await auth.revocationsRead(() => isStale(accessToken))
  const about = (await entries('api_key.revoked')).filter(
    ({ payload }) => (payload.subject as { id: string }).id === key.id,
  )
  assert.equal(about.length, 1)
})

test('An expired key is refused, and a token is not said to live longer than its key.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner, { days: 1 })
  const soon = new Date(Date.now() + 60_000).toISOString()
  await auth.db.in(auth.north).run(sql`update api_keys set expires_at = ${soon} where id = ${key.id}`)
  assert.equal((await exchange(key.secret)).accessExpiresAt, soon)
  await auth.db
    .in(auth.north)
    .run(sql`update api_keys set expires_at = clock_timestamp() - interval '1 second' where id = ${key.id}`)
  await refused(key.secret)
})

test('Suspending a person ends the tokens of their keys, and their keys are refused until they are let in again.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner)
  const { accessToken } = await exchange(key.secret)
  const tools = { db: auth.db, revocations: auth.revocations }
  const by = { actor: admin.actor, ip: '', userAgent: '' }
  await suspendPerson(tools, by, { userId: owner.userId, reason: 'A test.' })
  await refused(key.secret)
  await auth.revocationsRead(() => isStale(accessToken))
})

test('Who is removed from a school leaves no key of it behind, even when they come back.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner)
  const { accessToken } = await exchange(key.secret)
  const by = { actor: admin.actor, ip: '', userAgent: '' }
  await removePerson({ db: auth.db, revocations: auth.revocations }, by, owner.userId)
  await auth.revocationsRead(() => isStale(accessToken))
  await refused(key.secret)
  await auth.db
    .in(auth.north)
    .run(
      sql`insert into memberships (organization_id, user_id, roles) values (${auth.north}, ${owner.userId}, '{learner}')`,
    )
  await refused(key.secret)
})

test('Somebody whose account is about to be deleted has no working key.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner)
  await auth.db.across.run(
    sql`update users set deletes_at = clock_timestamp() + interval '1 day' where id = ${owner.userId}`,
  )
  await refused(key.secret)
})

test('A key follows the roles of its owner: the old token turns stale, the next one carries the new roles.', async () => {
  const owner = await auth.person(['instructor'])
  const key = await keyOf(owner)
  const { accessToken } = await exchange(key.secret)
  const by = { actor: admin.actor, ip: '', userAgent: '' }
  await setRoles({ db: auth.db, revocations: auth.revocations }, by, {
    userId: owner.userId,
    roles: ['learner'],
  })
  await auth.revocationsRead(() => isStale(accessToken))
  const renewed = await exchange(key.secret)
  assert.deepEqual((await auth.identity.verify(renewed.accessToken)).roles, ['learner'])
})

test('Where the school asks for a second factor that is missing, a key lends a learner’s roles alone.', async () => {
  const owner = await auth.person(['instructor', 'learner'], auth.south)
  const key = await keyOf(owner)
  await auth.db.across.run(sql`update organizations set require_mfa = 'staff' where id = ${auth.south}`)
  const { accessToken } = await exchange(key.secret)
  assert.deepEqual((await auth.identity.verify(accessToken)).roles, ['learner'])
})

test('When a key was last used is written down at most once a minute.', async () => {
  const owner = await auth.person(['learner'])
  const key = await keyOf(owner)
  const lastUsed = async () => {
    const { items } = (await auth.host.invoke('listApiKeys', undefined, owner.context)) as {
      items: { id: string; lastUsedAt: string | null }[]
    }
    return items.find(item => item.id === key.id)?.lastUsedAt
  }
  assert.equal(await lastUsed(), null)
  await exchange(key.secret)
  const first = await lastUsed()
  assert.ok(first)
  await exchange(key.secret)
  assert.equal(await lastUsed(), first)
})

test('What is no key, or not quite this one, is refused like any other.', async () => {
  const key = await keyOf(await auth.person(['learner']))
  const [, id, proof] = /^azora_([0-9a-f]{32})_(.{43})$/.exec(key.secret) as RegExpExecArray
  const other = proof?.startsWith('A') ? `B${proof.slice(1)}` : `A${proof?.slice(1)}`
  for (const wrong of [
    '',
    'azora_',
    `azora_${id}_${other}`,
    `azora_${'0'.repeat(32)}_${proof}`,
    `azora_${id}_${proof}x`,
    `AZORA_${id}_${proof}`,
    `azora_${id?.toUpperCase()}_${proof}`,
    ` ${key.secret}`,
    `${key.secret}\n`,
    "azora_' or 1=1 --",
  ]) {
    await refused(wrong)
  }
})

test('A key that was made by another key, or without a fresh proof of who one is, does not come about.', async () => {
  const owner = await auth.person(['learner'])
  const input = { name: 'Mine', scopes: ['auth:write'], expiresInDays: null }
  const asKey = testContext({ ...owner.actor, kind: 'key', scopes: ['auth:write'] })
  await assert.rejects(auth.host.invoke('createApiKey', input, asKey), { code: 'forbidden' })
  const longAgo = testContext({ ...owner.actor, authenticatedAt: owner.actor.authenticatedAt! - 3600 })
  await assert.rejects(auth.host.invoke('createApiKey', input, longAgo), { code: 'step_up_required' })
})

test('A person has at most fifty working keys, also when two are made at once.', async () => {
  const owner = await auth.person(['learner'])
  await auth.db.in(auth.north).run(sql`
    insert into api_keys (id, organization_id, user_id, name, hash, scopes)
    select gen_random_uuid(), ${auth.north}, ${owner.userId}, 'Old', '', '{auth:read}' from generate_series(1, 49)`)
  const membership = sql`
    select from memberships where organization_id = ${auth.north} and user_id = ${owner.userId} for update`
  const [first, second] = await inTurn(
    auth.db,
    membership,
    () => keyOf(owner),
    () => keyOf(owner),
  )
  assert.equal(first.status, 'fulfilled')
  assert.equal(second.status === 'rejected' && second.reason.data.reason, 'api_keys_limit')
})
