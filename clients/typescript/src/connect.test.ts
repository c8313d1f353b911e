import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AzoraError } from './azora-error.ts'
import { type AzoraOptions, type CallOptions, connect } from './connect.ts'
import { pages } from './pages.ts'

/** Against a `fetch` that answers as the API would, so that each failure can be had. */

type Sent = { url: string; method: string; headers: Headers; body: string | null }
type Answer = Response | Error

const table = {
  auth: {
    listPeople: 'GET /auth/people',
    createApiKey: 'POST /auth/api-keys',
    createOauthClient: 'POST /auth/oauth-clients once',
    revokeApiKey: 'DELETE /auth/api-keys/{keyId}',
    exportPeople: 'GET /auth/people.csv download',
  },
  education: {
    uploadFile: 'POST /education/courses/{courseId}/files upload',
    watchImport: 'GET /education/imports/{importId}/events stream',
  },
}

type Callers = Record<
  string,
  Record<string, (input?: object, options?: CallOptions & { body?: BodyInit }) => Promise<unknown>>
>

function start(answers: Answer[], options: Partial<AzoraOptions> = {}) {
  const sent: Sent[] = []
  const send = async (address: string | URL | Request, init: RequestInit = {}) => {
    const request = new Request(address, init)
    sent.push({
      url: request.url,
      method: request.method,
      headers: request.headers,
      body: init.body ? await request.text() : null,
    })
    const answer = answers.shift()
    if (!answer) throw new Error('One request too many.')
    if (answer instanceof Error) throw answer
    return answer
  }
  const azora = connect(table, {
    url: 'https://school.example',
    apiKey: 'azora_key',
    retry: { firstPauseMs: 1 },
    ...options,
    fetch: send as typeof fetch,
  }) as Callers
  const call = (service: string, name: string, input?: object, given?: object) =>
    azora[service]?.[name]?.(input, given) ?? Promise.reject(new Error(`${service}.${name} is not there.`))
  return { call, sent, azora }
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

const refusal = (code: string, status: number, data: object = {}) =>
  json({ code, status, message: 'No.', data: { correlationId: 'c-1', ...data } }, status)

test('What stands in the path is encoded, the rest goes into the query or the body.', async () => {
  const { call, sent } = start([json({}), json({}, 201), json({})])
  await call('auth', 'listPeople', { q: 'a&b', role: ['admin', 'auditor'], cursor: undefined })
  await call('auth', 'createApiKey', { name: 'ñ' })
  await call('auth', 'revokeApiKey', { keyId: 'a/b?c' })
  assert.deepEqual(
    sent.map(({ method, url, body }) => `${method} ${url} ${body}`),
    [
      'GET https://school.example/api/v1/auth/people?q=a%26b&role=admin&role=auditor null',
      'POST https://school.example/api/v1/auth/api-keys {"name":"ñ"}',
      'DELETE https://school.example/api/v1/auth/api-keys/a%2Fb%3Fc null',
    ],
  )
  assert.equal(sent[0]?.headers.get('authorization'), 'Bearer azora_key')
})

test('A path cannot be bent to another operation.', async () => {
  const { call, sent } = start([])
  for (const keyId of ['.', '..', '', undefined, null])
    await assert.rejects(call('auth', 'revokeApiKey', { keyId }), TypeError)
  assert.equal(sent.length, 0)
})

test('A refusal is told with its code, fields and correlation id.', async () => {
  const fields = [{ path: 'name', code: 'too_small', message: 'Too short.' }]
  const { call } = start([refusal('invalid_input', 400, { fields })])
  await assert.rejects(call('auth', 'createApiKey', { name: '' }), (failure: unknown) => {
    assert.ok(failure instanceof AzoraError)
    assert.deepEqual(
      [failure.code, failure.status, failure.fields, failure.correlationId],
      ['invalid_input', 400, fields, 'c-1'],
    )
    return true
  })
})

test('An answer that is none of the API’s, and no answer, have codes of their own.', async () => {
  const { call } = start([new Response('<html>', { status: 418 }), new Response('<html>')])
  await assert.rejects(call('auth', 'listPeople'), { code: 'unexpected', status: 418 })
  await assert.rejects(call('auth', 'listPeople'), { code: 'unexpected', status: 200 })
  const away = start([new TypeError('fetch failed')], { retry: false })
  await assert.rejects(away.call('auth', 'listPeople'), { code: 'unreachable', status: 0 })
})

test('A write is repeated under the key of its first attempt, also while that is still at work.', async () => {
  const { call, sent } = start([new TypeError('cut'), refusal('conflict', 409), json({ id: '1' }, 201)])
  assert.deepEqual(await call('auth', 'createApiKey', { name: 'x' }), { id: '1' })
  const keys = sent.map(({ headers }) => headers.get('idempotency-key'))
  assert.equal(new Set(keys).size, 1)
  assert.match(keys[0] as string, /^[0-9a-f-]{36}$/)
  const own = start([json({})])
  await own.call('auth', 'createApiKey', { name: 'x' }, { idempotencyKey: 'mine' })
  assert.equal(own.sent[0]?.headers.get('idempotency-key'), 'mine')
})

test('What could take effect twice is not repeated: writes of nobody, uploads, secrets, refusals.', async () => {
  const anonymous = start([refusal('unavailable', 503)], { apiKey: undefined })
  await assert.rejects(anonymous.call('auth', 'createApiKey', {}), { code: 'unavailable' })
  const upload = start([refusal('unavailable', 503)])
  await assert.rejects(
    upload.call('education', 'uploadFile', { courseId: '1', name: 'a b' }, { body: 'bytes' }),
    {
      code: 'unavailable',
    },
  )
  assert.equal(upload.sent[0]?.url, 'https://school.example/api/v1/education/courses/1/files?name=a+b')
  assert.equal(upload.sent[0]?.headers.get('content-type'), 'application/octet-stream')
  const secret = start([refusal('unavailable', 503)])
  await assert.rejects(secret.call('auth', 'createOauthClient', {}), { code: 'unavailable' })
  assert.equal(secret.sent[0]?.headers.get('idempotency-key'), null)
  for (const code of ['conflict', 'internal', 'forbidden']) {
    const { call } = start([refusal(code, code === 'internal' ? 500 : 409)])
    await assert.rejects(call('auth', 'createApiKey', {}), { code })
  }
})

test('Reads are repeated a few times, and no more.', async () => {
  const { call, sent } = start([
    refusal('unavailable', 503),
    new TypeError('cut'),
    refusal('unavailable', 502),
  ])
  await assert.rejects(call('auth', 'listPeople'), { status: 502 })
  assert.equal(sent.length, 3)
})

test('A limit is waited for as long as it says, unless that is too long.', async () => {
  const { call, sent } = start([refusal('rate_limited', 429, { retryAfterSeconds: 0.001 }), json({})])
  await call('auth', 'createApiKey', {})
  assert.equal(sent.length, 2)
  const long = start([refusal('rate_limited', 429, { retryAfterSeconds: 3600 })])
  await assert.rejects(long.call('auth', 'listPeople'), { code: 'rate_limited', retryAfterSeconds: 3600 })
})

test('The caller can stop waiting.', async () => {
  const stop = new AbortController()
  const { call } = start([refusal('rate_limited', 429, { retryAfterSeconds: 20 })])
  const calling = call('auth', 'listPeople', {}, { signal: stop.signal })
  stop.abort(new Error('enough'))
  await assert.rejects(calling, { message: 'enough' })
})

const token = (name: string, expires_in = 900) =>
  json({ access_token: name, token_type: 'Bearer', expires_in })
const asClient = { apiKey: undefined, clientId: 'id', clientSecret: 's:e+c' }

test('A client fetches one token for calls that begin together, and another when it is refused.', async () => {
  const { call, sent } = start(
    [token('one'), json(1), json(2), refusal('unauthenticated', 401), token('two'), json(3)],
    asClient,
  )
  await Promise.all([call('auth', 'listPeople'), call('auth', 'listPeople')])
  assert.equal(await call('auth', 'listPeople'), 3)
  assert.deepEqual(
    sent.map(({ headers }) => headers.get('authorization')),
    [
      `Basic ${btoa('id:s%3Ae%2Bc')}`,
      'Bearer one',
      'Bearer one',
      'Bearer one',
      `Basic ${btoa('id:s%3Ae%2Bc')}`,
      'Bearer two',
    ],
  )
  assert.equal(sent[0]?.body, 'grant_type=client_credentials')
})

test('A token that is about to run out is renewed before it is used.', async () => {
  const { call, sent } = start([token('short', 10), json(1), token('next'), json(2)], asClient)
  await call('auth', 'listPeople')
  await call('auth', 'listPeople')
  assert.equal(sent[3]?.headers.get('authorization'), 'Bearer next')
})

test('A client whose secret is wrong is told so, once.', async () => {
  const wrong = json({ error: 'invalid_client', error_description: 'Not right.' }, 401)
  const { call, sent } = start([wrong], { ...asClient, retry: false })
  await assert.rejects(call('auth', 'listPeople'), { code: 'wrong_credentials', message: 'Not right.' })
  assert.equal(sent.length, 1)
})

test('A key that is refused is not sent again.', async () => {
  const { call, sent } = start([refusal('unauthenticated', 401)])
  await assert.rejects(call('auth', 'listPeople'), { code: 'unauthenticated' })
  assert.equal(sent.length, 1)
})

test('Several ways to sign in, half a client and other schemes are mistakes that show at once.', () => {
  for (const options of [
    { apiKey: 'a', accessToken: 'b' },
    { apiKey: undefined, clientId: 'a' },
    { url: 'ftp://school.example' },
    { url: 'school.example' },
  ] as Partial<AzoraOptions>[])
    assert.throws(() => start([], options), TypeError)
})

test('Pages are turned as they are needed, each after the one before.', async () => {
  const { azora, sent } = start([
    json({ items: [1, 2], nextCursor: 'x' }),
    json({ items: [], nextCursor: 'y' }),
    json({ items: [3], nextCursor: null }),
  ])
  const found: number[] = []
  const list = azora.auth?.listPeople as (input: {
    cursor?: string
    q?: string
  }) => Promise<{ items: number[]; nextCursor: string | null }>
  const turning = pages(list, { q: 'n' })
  found.push((await turning.next()).value as number)
  assert.equal(sent.length, 1)
  for await (const item of turning) found.push(item)
  assert.deepEqual(found, [1, 2, 3])
  assert.deepEqual(
    sent.map(({ url }) => new URL(url).search),
    ['?q=n', '?q=n&cursor=x', '?q=n&cursor=y'],
  )
})

test('A download is handed over as it comes.', async () => {
  const { call } = start([new Response('a,b\r\n')])
  assert.equal(await ((await call('auth', 'exportPeople')) as Response).text(), 'a,b\r\n')
})

const events = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } })
const message = (id: string, data: unknown) => `event: message\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`
const complete = 'event: done\ndata: {"complete":true}\n\n'
const failed = (code: string, status: number) =>
  `event: error\nretry: 1000\ndata: ${JSON.stringify({ code, status, message: 'No.', data: { correlationId: 'c-1' } })}\n\n`

type Streams = Record<string, Record<string, (input: object, options?: object) => AsyncGenerator<unknown>>>

async function followed(answers: Answer[], given?: object) {
  const { azora, sent } = start(answers)
  const seen: unknown[] = []
  const stream = (azora as unknown as Streams).education?.watchImport?.({ importId: '1' }, given)
  if (!stream) throw new Error('It is not there.')
  const ended = (async () => {
    for await (const event of stream) seen.push(event)
  })()
  return { seen, sent, ended }
}

test('The events of a stream come one by one, however the line cuts them, until it is complete.', async () => {
  const text = `: open\n\n${message('a', { stage: 'reading' })}: \n\n${message('b', { stage: 'ñ' })}${complete}`
  const bytes = new TextEncoder().encode(text)
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  const { seen, sent, ended } = await followed([new Response(body)])
  await ended
  assert.deepEqual(seen, [
    { id: 'a', data: { stage: 'reading' } },
    { id: 'b', data: { stage: 'ñ' } },
  ])
  assert.equal(sent[0]?.headers.get('accept'), 'text/event-stream')
  assert.equal(sent[0]?.headers.get('last-event-id'), null)
})

test('A stream that breaks off, or has to end, is resumed after its last event.', async () => {
  const { seen, sent, ended } = await followed([
    events(message('a', 1)),
    events(message('b', 2) + failed('unavailable', 503)),
    events(failed('unauthenticated', 401)),
    events(message('c', 3) + complete),
  ])
  await ended
  assert.deepEqual(
    seen.map(event => (event as { data: number }).data),
    [1, 2, 3],
  )
  assert.deepEqual(
    sent.map(({ headers }) => headers.get('last-event-id')),
    [null, 'a', 'b', 'b'],
  )
})

test('A stream that fails, or breaks off again and again, fails for its reader.', async () => {
  const refused = await followed([events(message('a', 1) + failed('conflict', 409))])
  await assert.rejects(refused.ended, { code: 'conflict', status: 409, correlationId: 'c-1' })
  const silent = await followed([events(''), events(''), events('')], { lastEventId: 'z' })
  await assert.rejects(silent.ended, { code: 'unreachable' })
  assert.deepEqual(
    silent.sent.map(({ headers }) => headers.get('last-event-id')),
    ['z', 'z', 'z'],
  )
})
