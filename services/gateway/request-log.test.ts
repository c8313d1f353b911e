import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { inProcess, listen, signToken, startGateway } from './testing.ts'

const key = `azora_${'0'.repeat(32)}_${'k'.repeat(43)}`

/** What the gateway logs of one exchange at the level given. */
async function logged(init: RequestInit & { path: string; logLevel?: string; remote?: boolean }) {
  const router = express.Router()
  router.use(express.json(), (req, res) => {
    res.setHeader('Set-Cookie', 'azora_access=eyJhbGciOiJ.eyJzdWIi.c2lnbmF0dXJl')
    res.json({ ...req.body, accessToken: 'eyJhbGciOiJ.eyJzdWIi.c2lnbmF0dXJl', code: 'wrong_credentials' })
  })
  const part = await listen(express().use(router))
  const gateway = await startGateway({
    services: new Map([['auth', init.remote ? [part.url] : inProcess(router)]]),
    config: { logLevel: init.logLevel ?? 'debug' } as never,
  })
  try {
    await (await fetch(`${gateway.url}/api/v1${init.path}`, init)).text()
  } finally {
    await gateway.close()
    await part.close()
  }
  return gateway.lines.filter(({ message }) => message === 'Request and answer').map(({ fields }) => fields)
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) => ({
  path,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

test('At the level debug both directions are logged, with secrets, tokens and addresses of people masked.', async () => {
  for (const remote of [false, true]) {
    const asked = {
      email: 'thabo@ubuntu.example',
      password: 'learn-with-azora',
      note: `for thabo@ubuntu.example with ${key}`,
      deep: [{ refreshToken: 'r1', totpCode: '123456', code: '123456', kept: 7 }],
    }
    const [line] = await logged({
      ...post('/auth/login?school=north&token=t1&state=s1', asked, { cookie: 'azora_refresh=r2' }),
      remote,
    })
    const text = JSON.stringify(line)
    for (const secret of ['thabo', 'learn-with', 'r1', '123456', 't1"', 's1"', 'azora_refresh', 'eyJ', key])
      assert.ok(!text.includes(secret), `${secret} in ${text}`)
    const { query, body, answer, status } = line as Record<string, Record<string, unknown>>
    assert.equal(query?.school, 'north')
    assert.match(JSON.stringify(body), /"kept":7/)
    assert.deepEqual([status, answer?.code], [200, 'wrong_credentials'])
  }
})

test('A bearer token and a key never stand in it, nor a body that cannot be read or is long.', async () => {
  const [line] = await logged({
    path: '/auth/login',
    method: 'POST',
    headers: { authorization: `Bearer ${await signToken()}`, 'content-type': 'text/plain' },
    body: 'password=learn-with-azora',
  })
  const { headers } = line as { headers: Record<string, string> }
  assert.equal(headers.authorization, '[masked]')
  assert.doesNotMatch(JSON.stringify(line), /learn-with|eyJ/)
  const [long] = await logged(post('/auth/login', { text: 'x'.repeat(5000) }))
  assert.match(String(long?.body), /^\[\d+ bytes\]$/)
})

test('At other levels nothing of it is gathered.', async () => {
  assert.deepEqual(await logged({ ...post('/auth/login', {}), logLevel: 'info' }), [])
})
