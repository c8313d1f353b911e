import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { startKeys } from './testing.ts'

let auth: Awaited<ReturnType<typeof startKeys>>
let admin: Awaited<ReturnType<typeof auth.person>>

before(async () => {
  auth = await startKeys()
  admin = await auth.person(['admin'])
})
after(() => auth?.dispose())

type Client = { id: string; secret: string }

async function newClient(): Promise<Client> {
  const input = { name: 'Timetable', scopes: ['education:read', 'education:write'], roles: ['instructor'] }
  return (await auth.host.invoke('createOauthClient', input, admin.context)) as Client
}

const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`

type Answer = {
  access_token: string
  token_type: string
  expires_in: number
  scope: string
  error: string
  error_description: string
}

async function post(
  path: 'token' | 'revoke',
  fields: [string, string][] | string,
  headers: Record<string, string> = {},
) {
  const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()
  const response = await fetch(`${auth.url}/auth/oauth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  })
  const text = await response.text()
  return { response, status: response.status, body: (text ? JSON.parse(text) : null) as Answer }
}

const grant: [string, string] = ['grant_type', 'client_credentials']
const asBasic = (client: Client) => ({ authorization: basic(client.id, client.secret) })

test('A client gets a token that acts for its school with its roles and scopes, by Basic or in the form.', async () => {
  const client = await newClient()
  const byHeader = await post('token', [grant], asBasic(client))
  const inForm = await post('token', [grant, ['client_id', client.id], ['client_secret', client.secret]])
  for (const { response, status, body } of [byHeader, inForm]) {
    assert.equal(status, 200)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(body.token_type, 'Bearer')
    assert.ok(body.expires_in > 800 && body.expires_in <= 900)
    assert.equal(body.scope, 'education:read education:write')
    const { issuedAt = 0, expiresAt = 0, ...actor } = await auth.identity.verify(body.access_token)
    assert.ok(expiresAt > issuedAt + 800)
    assert.deepEqual(actor, {
      userId: client.id,
      organizationId: auth.north,
      roles: ['instructor'],
      sessionId: client.id,
      kind: 'client',
      scopes: ['education:read', 'education:write'],
      tier: 'free',
    })
  }
})

test('A client may ask for less than it has, and not for more.', async () => {
  const client = await newClient()
  const less = await post('token', [grant, ['scope', 'education:read']], asBasic(client))
  assert.equal(less.body.scope, 'education:read')
  assert.deepEqual((await auth.identity.verify(less.body.access_token)).scopes, ['education:read'])
  for (const scope of ['auth:read', 'education:read auth:write', 'education:read  x', 'EDUCATION:READ']) {
    const more = await post('token', [grant, ['scope', scope]], asBasic(client))
    assert.deepEqual([more.status, more.body.error], [400, 'invalid_scope'], scope)
  }
})

test('Credentials in Basic are form-encoded, so that a client may encode every character of them.', async () => {
  const client = await newClient()
  const everyCharacter = [...client.secret].map(c => `%${c.charCodeAt(0).toString(16)}`).join('')
  const authorization = `Basic ${Buffer.from(`${client.id}:${everyCharacter}`).toString('base64')}`
  assert.equal((await post('token', [grant], { authorization })).status, 200)
})

test('A client that cannot prove itself gets 401 with how to do so, whatever is wrong.', async () => {
  const client = await newClient()
  const revoked = await newClient()
  await auth.host.invoke('revokeOauthClient', { clientId: revoked.id }, admin.context)
  const unknown = crypto.randomUUID()
  const attempts: Record<string, string>[] = [
    {},
    { authorization: basic(client.id, 'wrong') },
    { authorization: basic(unknown, client.secret) },
    { authorization: basic('not-a-uuid', client.secret) },
    { authorization: basic(revoked.id, revoked.secret) },
    { authorization: `Basic ${Buffer.from(client.id).toString('base64')}` },
    { authorization: 'Basic %%%' },
    { authorization: `Basic ${Buffer.from(`${client.id}:%zz`).toString('base64')}` },
  ]
  for (const headers of attempts) {
    const { response, status, body } = await post('token', [grant], headers)
    assert.deepEqual([status, body.error], [401, 'invalid_client'], JSON.stringify(headers))
    assert.match(response.headers.get('www-authenticate') ?? '', /^Basic realm=/)
    assert.equal(response.headers.get('cache-control'), 'no-store')
  }
})

test('Two ways of authentication at once, fields that come twice and parameters in the address are refused.', async () => {
  const client = await newClient()
  const form: [string, string][] = [grant, ['client_id', client.id], ['client_secret', client.secret]]
  const both = await post('token', form, asBasic(client))
  assert.deepEqual([both.status, both.body.error], [400, 'invalid_request'])
  const other = await post('token', [grant, ['client_id', crypto.randomUUID()]], asBasic(client))
  assert.deepEqual([other.status, other.body.error], [400, 'invalid_request'])
  const twice = await post('token', [grant, grant], asBasic(client))
  assert.deepEqual([twice.status, twice.body.error], [400, 'invalid_request'])
  const query = new URLSearchParams(form).toString()
  const response = await fetch(`${auth.url}/auth/oauth/token?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: query,
  })
  assert.equal(response.status, 400)
})

test('Only a form is read, and only client credentials are granted.', async () => {
  const client = await newClient()
  const json = await post('token', JSON.stringify({ grant_type: 'client_credentials' }), {
    ...asBasic(client),
    'content-type': 'application/json',
  })
  assert.deepEqual([json.status, json.body.error], [400, 'invalid_request'])
  const large = await post('token', `grant_type=${'x'.repeat(40_000)}`, asBasic(client))
  assert.deepEqual([large.status, large.body.error], [400, 'invalid_request'])
  const none = await post('token', [], asBasic(client))
  assert.deepEqual([none.status, none.body.error], [400, 'invalid_request'])
  for (const type of ['password', 'authorization_code', 'refresh_token', 'client_credentials ']) {
    const { status, body } = await post('token', [['grant_type', type]], asBasic(client))
    assert.deepEqual([status, body.error], [400, 'unsupported_grant_type'], type)
  }
})

test('Who guesses is made to wait; that stops nobody who has the secret elsewhere.', async () => {
  const client = await newClient()
  let last = await post('token', [grant], { authorization: basic(client.id, 'guess') })
  for (let tries = 0; tries < 20; tries++)
    last = await post('token', [grant], { authorization: basic(client.id, `guess ${tries}`) })
  assert.deepEqual([last.status, last.body.error], [429, 'temporarily_unavailable'])
  assert.ok(Number(last.response.headers.get('retry-after')) > 0)
  assert.equal((await post('token', [grant], asBasic(await newClient()))).status, 200)
})

test('After its secret was rotated a client has the new one alone, and tokens of the old one end.', async () => {
  const client = await newClient()
  const { body } = await post('token', [grant], asBasic(client))
  const rotated = (await auth.host.invoke(
    'rotateOauthClientSecret',
    { clientId: client.id },
    admin.context,
  )) as Client
  assert.equal((await post('token', [grant], asBasic(client))).status, 401)
  await auth.revocationsRead(() => isStale(body.access_token))
  const fresh = await post('token', [grant], asBasic(rotated))
  await auth.identity.verify(fresh.body.access_token)
})

const isStale = (token: string) =>
  auth.identity.verify(token).then(
    () => false,
    () => true,
  )

test('A revoked client ends with its tokens.', async () => {
  const client = await newClient()
  const { body } = await post('token', [grant], asBasic(client))
  await auth.host.invoke('revokeOauthClient', { clientId: client.id }, admin.context)
  await auth.revocationsRead(() => isStale(body.access_token))
})

test('A client ends its tokens by the revocation endpoint and may then ask for others.', async () => {
  const client = await newClient()
  const { body } = await post('token', [grant], asBasic(client))
  const ended = await post('revoke', [['token', body.access_token]], asBasic(client))
  assert.equal(ended.status, 200)
  await auth.revocationsRead(() => isStale(body.access_token))
  const fresh = await post('token', [grant], asBasic(client))
  await auth.identity.verify(fresh.body.access_token)
})

test('A token that is none of the client’s is answered alike and stays good.', async () => {
  const client = await newClient()
  const other = await newClient()
  const { body } = await post('token', [grant], asBasic(other))
  for (const token of [body.access_token, 'nonsense', 'a.b.c'])
    assert.equal((await post('revoke', [['token', token]], asBasic(client))).status, 200)
  await auth.identity.verify(body.access_token)
  assert.equal((await post('revoke', [['token', body.access_token]])).status, 401)
  assert.equal((await post('revoke', [], asBasic(client))).status, 400)
})

test('A client is made, rotated, ended and refused with an entry in the audit log, and its secret is in none.', async () => {
  const client = await newClient()
  await post('token', [grant], asBasic(client))
  await post('token', [grant], { authorization: basic(client.id, 'wrong') })
  const rotated = (await auth.host.invoke(
    'rotateOauthClientSecret',
    { clientId: client.id },
    admin.context,
  )) as Client
  await auth.host.invoke('revokeOauthClient', { clientId: client.id }, admin.context)
  const rows = await auth.db.infrastructure.rows<{ action: string; kind: string }>(sql`
    select payload ->> 'action' as action, payload -> 'actor' ->> 'kind' as kind from outbox
    where payload -> 'subject' ->> 'id' = ${client.id} order by id`)
  assert.deepEqual(
    rows.map(row => `${row.action} ${row.kind}`),
    [
      'oauth_client.created person',
      'oauth_client.signed_in client',
      'oauth_client.refused system',
      'oauth_client.secret_rotated person',
      'oauth_client.revoked person',
    ],
  )
  const { text } = await auth.db.across.one<{ text: string }>(sql`
    select (select json_agg(c)::text from oauth_clients c) || (select json_agg(o)::text from outbox o) as text`)
  for (const secret of [client.secret, rotated.secret]) assert.ok(!text.includes(secret))
})

test('A client is the school’s: another school’s administrator neither sees nor ends it.', async () => {
  const client = await newClient()
  const foreign = await auth.person(['admin'], auth.south)
  const listed = (await auth.host.invoke('listOauthClients', undefined, foreign.context)) as {
    items: { id: string }[]
  }
  assert.ok(!listed.items.some(item => item.id === client.id))
  for (const operation of ['revokeOauthClient', 'rotateOauthClientSecret'])
    await assert.rejects(auth.host.invoke(operation, { clientId: client.id }, foreign.context), {
      code: 'not_found',
    })
})
