import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type Scope, scopeOf, scopes } from '@azora/contracts/scopes.ts'
import { sql } from '@azora/kit/sql.ts'
import {
  appoint,
  clientFor,
  openAuthDatabase,
  type Person,
  password,
  request,
  signUp,
  systemUnderTest,
} from '../../api.ts'
import { addressed, type Operation, operations } from '../../operations.ts'
import { until } from '../../system.ts'

/** What holds for every operation by its contract, no matter who the caller is: no handler has to remember it. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let learner: Person
let admin: Person

before(async () => {
  learner = await signUp(url)
  admin = await appoint(url, authDb, {
    role: 'admin',
    // So that operations which ask for this office get as far as asking for a proof.
    offices: ['finance'],
    organizationId: learner.organizationId,
  })
})
after(() => authDb.close())

/** An address of the operation; what would be refused later does not matter to what is refused first. */
const anywhere = (operation: Operation) =>
  addressed(
    operation,
    Object.fromEntries([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, randomUUID()])),
  ).path

async function refusal(operation: Operation, token: string): Promise<string | number> {
  const answer = await request(url, operation.method, anywhere(operation), { token, redirect: 'manual' })
  return (answer.body as { code?: string } | null)?.code ?? answer.status
}

/** The access token of a session of the administrator whose last proof is eleven minutes old. */
async function staleToken(): Promise<string> {
  const visitor = clientFor(url, null)
  const { tokens: first } = await visitor.auth.login({ email: admin.email, password })
  assert.ok(first)
  const claims = JSON.parse(Buffer.from(first.accessToken.split('.')[1] ?? '', 'base64url').toString())
  await authDb.across.run(sql`
    update sessions set authenticated_at = clock_timestamp() - interval '11 minutes' where id = ${claims.sid}`)
  const { tokens } = await visitor.auth.refresh({ refreshToken: first.refreshToken })
  assert.ok(tokens)
  return tokens.accessToken
}

const json = operations.filter(operation => operation.meta.raw === undefined)

describe('An API key', () => {
  async function keyWith(wanted: Scope[]): Promise<string> {
    const made = await admin.api.auth.createApiKey({ name: 'Test', scopes: wanted, expiresInDays: 1 })
    return made.secret
  }

  test('acts as its owner within its scopes', async () => {
    const key = await keyWith(['auth:read'])
    const answer = await request(url, 'GET', '/auth/me', { token: key })
    assert.equal(answer.status, 200, answer.text)
    assert.equal((answer.body as { id: string }).id, admin.userId)
  })

  test('is refused by every operation outside its scopes', async () => {
    const key = await keyWith(['education:read'])
    const reached: string[] = []
    for (const operation of json.filter(({ meta }) => meta.access !== 'internal')) {
      const [service = ''] = operation.name.replace('v2.', '').split('.')
      if (scopeOf(service, operation.method) === 'education:read') continue
      if ((await refusal(operation, key)) !== 'insufficient_scope') reached.push(operation.name)
    }
    assert.deepEqual(reached, [])
  })

  test('is refused by every operation that is for a person at a screen, whatever its scopes', async () => {
    const key = await keyWith([...scopes])
    const reached: string[] = []
    for (const operation of operations.filter(({ meta }) => meta.interactive)) {
      if ((await refusal(operation, key)) !== 'forbidden') reached.push(operation.name)
    }
    assert.deepEqual(reached, [])
  })

  test('stops working once it is revoked', async () => {
    const made = await admin.api.auth.createApiKey({ name: 'Short', scopes: ['auth:read'], expiresInDays: 1 })
    assert.equal((await request(url, 'GET', '/auth/me', { token: made.secret })).status, 200)
    await admin.api.auth.revokeApiKey({ keyId: made.id })
    const deadline = Date.now() + 20_000
    for (;;) {
      const { status } = await request(url, 'GET', '/auth/me', { token: made.secret })
      if (status === 401) break
      assert.ok(Date.now() < deadline, 'the key still works')
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  })
})

describe('What gives power', () => {
  /** Attempts that a call with a copied key, or at an unattended screen, would be worth: and what is then true. */
  async function attempts(token: string): Promise<string[]> {
    const { id } = await admin.api.integrations.createWebhook({
      url: 'https://hooks.example.com/before',
      events: ['course.enrolled'],
    })
    const email = `smuggled-${randomUUID()}@test.example`
    const calls: [string, string, object][] = [
      ['POST', '/auth/invitations', { email, roles: ['admin'] }],
      ['PATCH', `/integrations/webhooks/${id}`, { url: 'https://elsewhere.example.com/' }],
      ['PUT', `/auth/people/${learner.userId}/roles`, { roles: ['admin'] }],
      ['PUT', `/auth/people/${learner.userId}/offices/support`, {}],
    ]
    const codes: string[] = []
    for (const [method, path, json] of calls) {
      codes.push(((await request(url, method, path, { token, json })).body as { code: string }).code)
    }
    const webhooks = await admin.api.integrations.listWebhooks()
    assert.equal(webhooks.items.find(one => one.id === id)?.url, 'https://hooks.example.com/before')
    const invitations = await admin.api.auth.listInvitations({ limit: 100 })
    assert.ok(!invitations.items.some(one => one.email === email))
    await admin.api.integrations.deleteWebhook({ webhookId: id })
    return codes
  }

  test('is refused to an administrator’s key with every scope', async () => {
    const key = await admin.api.auth.createApiKey({ name: 'All', scopes: [...scopes], expiresInDays: 1 })
    assert.deepEqual(await attempts(key.secret), ['forbidden', 'forbidden', 'forbidden', 'forbidden'])
  })

  test('is refused to an OAuth client with an administrator’s roles and every scope', async () => {
    const client = await admin.api.auth.createOauthClient({
      name: 'All',
      scopes: [...scopes],
      roles: ['admin'],
    })
    const answer = await request(url, 'POST', '/auth/oauth/token', {
      headers: {
        authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    })
    const { access_token: token } = answer.body as { access_token: string }
    assert.deepEqual(await attempts(token), ['forbidden', 'forbidden', 'forbidden', 'forbidden'])
  })

  test('asks a session for a proof of the last ten minutes', async () => {
    const token = await staleToken()
    const asked = Array.from({ length: 4 }, () => 'step_up_required')
    assert.deepEqual(await attempts(token), asked)
  })
})

describe('An administrator who looks through somebody else’s eyes', () => {
  test('is refused by every operation that is for that person alone', async () => {
    const { tokens } = await admin.api.auth.impersonate({
      userId: learner.userId,
      reason: 'Test',
      session: 'token',
    })
    assert.ok(tokens)
    const me = await request(url, 'GET', '/auth/me', { token: tokens.accessToken })
    const shown = me.body as { id: string; impersonatedBy: { id: string } | null }
    assert.equal(shown.id, learner.userId)
    assert.equal(shown.impersonatedBy?.id, admin.userId)
    const reached: string[] = []
    for (const operation of operations.filter(({ meta }) => meta.interactive)) {
      const code = String(await refusal(operation, tokens.accessToken))
      if (!['forbidden', 'impersonation_read_only'].includes(code)) reached.push(operation.name)
    }
    assert.deepEqual(reached, [])
  })

  test('changes nothing by any operation, but for the few that lead out of it', async () => {
    const { tokens } = await admin.api.auth.impersonate({
      userId: learner.userId,
      reason: 'Test',
      session: 'token',
    })
    assert.ok(tokens)
    const open: string[] = []
    for (const operation of operations.filter(({ method, meta }) => method !== 'GET' && !meta.reads)) {
      if (operation.meta.access === 'internal') continue
      if (operation.meta.whileImpersonating) open.push(operation.name)
      else
        assert.equal(await refusal(operation, tokens.accessToken), 'impersonation_read_only', operation.name)
    }
    assert.deepEqual(open.sort(), ['auth.endImpersonation', 'auth.logout', 'auth.refresh'])
  })

  test('is named in the audit log beside that person by each of those few', async () => {
    const look = async () => {
      const { tokens } = await admin.api.auth.impersonate({
        userId: learner.userId,
        reason: 'Test',
        session: 'token',
      })
      assert.ok(tokens)
      return tokens
    }
    const ended = await look()
    await clientFor(url, ended.accessToken).auth.endImpersonation({ session: 'token' })
    const signedOut = await look()
    const renewed = await clientFor(url, null).auth.refresh({ refreshToken: signedOut.refreshToken })
    await clientFor(url, renewed.tokens?.accessToken ?? null).auth.logout({})
    const expected = ['impersonation.continued', 'impersonation.ended', 'session.ended']
    await until('The entries are written', async () => {
      const { items } = await admin.api.auth.listAudit({ actorId: learner.userId, limit: 50 })
      const both = items.filter(entry => entry.impersonator?.id === admin.userId)
      return expected.every(action => both.some(entry => entry.action === action))
    })
  })
})

describe('A proof of who one is that lies back longer than ten minutes', () => {
  test('opens no sensitive operation', async () => {
    const token = await staleToken()
    const reached: string[] = []
    for (const operation of operations.filter(
      ({ meta }) => meta.stepUp && meta.access !== 'installation.manage',
    )) {
      if ((await refusal(operation, token)) !== 'step_up_required') reached.push(operation.name)
    }
    assert.deepEqual(reached, [])
  })
})

test('What the parts of the system say to each other is said to nobody else, whatever mark they show.', async () => {
  const mark = { 'x-azora-internal': `${Date.now()}.${'A'.repeat(43)}` }
  const inner = operations.filter(({ meta }) => meta.access === 'internal')
  assert.ok(inner.length > 0)
  for (const operation of inner) {
    const answer = await request(url, operation.method, anywhere(operation), {
      token: admin.token,
      headers: mark,
    })
    assert.equal(answer.status, 404, operation.name)
  }
})
