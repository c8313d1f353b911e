import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { createCaller } from './caller.ts'
import { ApiError, ConnectionLost } from './failures.ts'

type Answer = [status: number, body: unknown]

const routes = {
  'auth.me': ['GET', '/auth/me'],
  'auth.login': ['POST', '/auth/login'],
  'auth.listPeople': ['GET', '/auth/people'],
  'auth.setRoles': ['PUT', '/auth/people/{userId}/roles'],
  'auth.removePerson': ['DELETE', '/auth/people/{userId}'],
} as const

const refused = (status: number, code: string): Answer => [status, { code, status, message: code }]
const ok: Answer = [200, { ok: true }]

/** What the server answers by path, one after the other; the last one stays. */
let answers: Record<string, Answer[]>
let seen: { line: string; headers: IncomingMessage['headers']; body: string }[]

const server = createServer((req, res) => {
  let body = ''
  req.on('data', chunk => {
    body += chunk
  })
  req.on('end', () => {
    seen.push({ line: `${req.method} ${req.url}`, headers: req.headers, body })
    const left = answers[(req.url ?? '').replace(/^\/api\/v1|\?.*$/g, '')] ?? [refused(404, 'not_found')]
    const [status, answer] = (left.length > 1 ? left.shift() : left[0]) as Answer
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
})
const realFetch = globalThis.fetch

before(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
after(() => {
  server.close()
  server.closeAllConnections()
})
beforeEach(() => {
  answers = {}
  seen = []
  const { port } = server.address() as AddressInfo
  // What a browser knows and Node does not: the address of the page, and its cookies.
  globalThis.fetch = (path, init) => realFetch(`http://127.0.0.1:${port}${path}`, init)
  Object.assign(globalThis, { document: { cookie: 'theme=dark; azora_csrf=a%3Db' } })
})
afterEach(() => {
  globalThis.fetch = realFetch
})

const lines = () => seen.map(one => one.line)
const userId = '019f0000-0000-7000-8000-00000000000a'

test('A call that may be repeated says under which key it was made.', async () => {
  const { call } = createCaller({ routes })
  answers = { '/auth/login': [ok] }
  const input = { email: 'a@example.org', password: 'x' }
  await call('auth.login', input, { idempotencyKey: 'once' })
  await call('auth.login', input)
  assert.deepEqual(
    seen.map(({ headers }) => headers['idempotency-key']),
    ['once', undefined],
  )
})

test('parts of the path, the query and the body are taken from the input', async () => {
  answers = { '/auth/people': [ok], [`/auth/people/${userId}/roles`]: [ok] }
  const { call } = createCaller({ routes })
  await call('auth.listPeople', { q: 'a b', cursor: undefined, limit: 5 })
  await call('auth.setRoles', { userId, roles: ['learner'] })
  assert.deepEqual(lines(), [
    'GET /api/v1/auth/people?q=a+b&limit=5',
    `PUT /api/v1/auth/people/${userId}/roles`,
  ])
  assert.equal(seen[1]?.body, '{"roles":["learner"]}')
  assert.equal(seen[1]?.headers['x-azora-csrf'], 'a=b')
})

test('a session that has run out is refreshed once, and the call repeated', async () => {
  answers = { '/auth/me': [refused(401, 'unauthenticated'), ok], '/auth/refresh': [ok] }
  await createCaller({ routes }).call('auth.me', {})
  assert.deepEqual(lines(), ['GET /api/v1/auth/me', 'POST /api/v1/auth/refresh', 'GET /api/v1/auth/me'])
})

test('calls at the same time share one refresh', async () => {
  const spent = refused(401, 'unauthenticated')
  answers = { '/auth/me': [spent, spent, ok], '/auth/refresh': [ok] }
  const { call } = createCaller({ routes })
  await Promise.all([call('auth.me', {}), call('auth.me', {})])
  assert.equal(lines().filter(line => line.endsWith('/auth/refresh')).length, 1)
})

test('who is signed out for good is told so after one attempt to refresh', async () => {
  answers = {
    '/auth/me': [refused(401, 'unauthenticated')],
    '/auth/refresh': [refused(401, 'session_expired')],
  }
  await assert.rejects(createCaller({ routes }).call('auth.me', {}), { code: 'unauthenticated' })
  assert.equal(seen.length, 2)
})

test('a call that is refused again after the refresh is not refreshed for ever', async () => {
  answers = { '/auth/me': [refused(401, 'unauthenticated')], '/auth/refresh': [ok] }
  await assert.rejects(createCaller({ routes }).call('auth.me', {}), { code: 'unauthenticated' })
  assert.equal(seen.length, 3)
})

test('a wrong password is sent once, for each one counts', async () => {
  answers = { '/auth/login': [refused(401, 'wrong_credentials')], '/auth/refresh': [ok] }
  const attempt = createCaller({ routes }).call('auth.login', { email: 'a@b.example', password: 'wrong' })
  await assert.rejects(attempt, { code: 'wrong_credentials' })
  assert.equal(seen.length, 1)
})

test('a sensitive call is repeated once after somebody has proved who they are', async () => {
  answers = { [`/auth/people/${userId}`]: [refused(403, 'step_up_required'), ok] }
  let asked = 0
  const confirm = async () => {
    asked++
    return true
  }
  await createCaller({ routes, confirm }).call('auth.removePerson', { userId })
  assert.equal(asked, 1)
  assert.equal(seen.length, 2)
})

test('nobody is asked twice for one call, even if the API still wants a proof', async () => {
  answers = { [`/auth/people/${userId}`]: [refused(403, 'step_up_required')] }
  let asked = 0
  const confirm = async () => ++asked > 0
  const attempt = createCaller({ routes, confirm }).call('auth.removePerson', { userId })
  await assert.rejects(attempt, { code: 'step_up_required' })
  assert.equal(asked, 1)
  assert.equal(seen.length, 2)
})

test('who does not want to prove themselves sees the refusal, and nothing is sent again', async () => {
  answers = { [`/auth/people/${userId}`]: [refused(403, 'step_up_required')] }
  const attempt = createCaller({ routes, confirm: async () => false }).call('auth.removePerson', { userId })
  await assert.rejects(attempt, { code: 'step_up_required' })
  assert.equal(seen.length, 1)
})

test('sensitive calls at the same time share one dialog', async () => {
  const held = refused(403, 'step_up_required')
  answers = { [`/auth/people/${userId}`]: [held, held, ok] }
  let asked = 0
  let agree: (proven: boolean) => void = () => undefined
  const confirm = () => {
    asked++
    return new Promise<boolean>(resolve => {
      agree = resolve
    })
  }
  let read = 0
  const send = globalThis.fetch
  globalThis.fetch = async (path, init) => {
    const answer = await send(path, init)
    const body = await answer.json()
    // Counted once the caller has had the time to look at it.
    const json = async () => {
      setImmediate(() => read++)
      return body
    }
    return Object.assign(answer, { json })
  }
  const { call } = createCaller({ routes, confirm })
  const both = Promise.all([call('auth.removePerson', { userId }), call('auth.removePerson', { userId })])
  while (read < 2) await new Promise(resolve => setImmediate(resolve))
  agree(true)
  await both
  assert.equal(asked, 1)
})

test('a refusal carries its code, its status and the faults of fields', async () => {
  const fields = [{ path: 'roles', code: 'too_small', message: 'Enter your name.', reason: 'name_missing' }]
  const body = { code: 'invalid_input', status: 400, message: 'No.', data: { fields } }
  answers = { [`/auth/people/${userId}/roles`]: [[400, body]] }
  await assert.rejects(
    createCaller({ routes }).call('auth.setRoles', { userId, roles: ['learner'] }),
    (failure: unknown) => {
      assert.ok(failure instanceof ApiError)
      assert.deepEqual([failure.code, failure.status, failure.data.fields], ['invalid_input', 400, fields])
      return true
    },
  )
})

test('an answer that is not of the API is told by its status; no answer is a lost connection', async () => {
  answers = { '/auth/me': [[503, 'a page of a proxy']] }
  const { call } = createCaller({ routes })
  await assert.rejects(call('auth.me', {}), { code: 'unavailable', status: 503 })
  globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'))
  await assert.rejects(call('auth.me', {}), ConnectionLost)
})
