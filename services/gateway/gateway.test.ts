import assert from 'node:assert/strict'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { after, before, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import express from 'express'
import { ids, inProcess, internalKey, signToken, startGateway, statusOfRaw } from './testing.ts'

type Started = Awaited<ReturnType<typeof startGateway>>
let gateway: Started
before(async () => {
  const big = express.Router()
  big.use((_req, res) => void res.json({ text: 'a long story '.repeat(500) }))
  gateway = await startGateway({
    services: new Map([['auth', inProcess(big)]]),
    config: { corsOrigins: ['https://app.example'] } as never,
  })
})
after(() => gateway.close())

/** Start a gateway for one test. */
async function withGateway(
  options: Parameters<typeof startGateway>[0],
  work: (gateway: Started) => Promise<void>,
): Promise<void> {
  const started = await startGateway(options)
  try {
    await work(started)
  } finally {
    await started.close()
  }
}

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

test('A request reaches its service with the path below /api/v1, and is named in the answer and the log.', async () => {
  await withGateway({}, async ({ url, lines }) => {
    const token = await signToken()
    const answer = await fetch(`${url}/api/v1/auth/me?x=secret`, {
      headers: { authorization: `Bearer ${token}`, 'x-correlation-id': 'from-the-caller' },
    })
    const seen = (await answer.json()) as { url: string; headers: Record<string, string> }
    assert.equal(seen.url, '/auth/me?x=secret')
    assert.equal(seen.headers.authorization, `Bearer ${token}`)
    assert.equal(answer.headers.get('x-correlation-id'), 'from-the-caller')
    const [line] = lines
    assert.equal(line?.fields.path, '/api/v1/auth/me')
    assert.equal(line?.fields.status, 200)
    assert.equal(line?.fields.actorId, ids.user)
  })
})

test('Access lines can be taken in bulk, as JSON, with addresses of people masked.', async () => {
  let written = ''
  const received = new Promise<void>(resolve => {
    const accessSink = (lines: string) => {
      written += lines
      if (written.split('\n').length === 3) resolve()
    }
    void withGateway({ accessSink }, async ({ url }) => {
      await fetch(`${url}/a@b.example`, { headers: { 'x-correlation-id': 'from-the-caller' } })
      await fetch(`${url}/health/live`)
      await received
    })
  })
  await received
  const [first, second] = written
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  assert.deepEqual([first.path, first.status, first.correlationId], ['/[e-mail]', 404, 'from-the-caller'])
  assert.equal(second.path, '/health/live')
})

test('Access lines name the network of the visitor: behind a proxy the one it tells, of IPv6 the first half.', async () => {
  const networkOf = async (options: Parameters<typeof startGateway>[0], forwarded?: string) => {
    let network: unknown
    await withGateway(options, async ({ url, lines }) => {
      await fetch(`${url}/health/live`, forwarded ? { headers: { 'x-forwarded-for': forwarded } } : {})
      network = lines.find(({ message }) => message === 'request')?.fields.network
    })
    return network
  }
  const behindProxy = { config: { trustedProxies: 1 } as never }
  assert.equal(await networkOf({}, '192.0.2.9'), '127.0.0.1')
  assert.equal(await networkOf(behindProxy, '192.0.2.9'), '192.0.2.9')
  assert.equal(await networkOf(behindProxy, '2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
})

test('A correlation id that could not stand in a log is replaced.', async () => {
  const answer = await fetch(`${gateway.url}/health/live`, { headers: { 'x-correlation-id': 'a b"c' } })
  assert.match(answer.headers.get('x-correlation-id') ?? '', /^[0-9a-f-]{36}$/)
})

test('Headers that the parts believe when they hear them are removed when outsiders send them.', async () => {
  await withGateway({}, async ({ url }) => {
    const answer = await fetch(`${url}/api/v1/auth/organization`, {
      headers: {
        'x-azora-actor': 'admin',
        'x-azora-school': 'north',
        'x-middleware-subrequest': 'middleware',
        'x-forwarded-for': '192.0.2.1',
      },
    })
    const { headers } = (await answer.json()) as { headers: Record<string, string> }
    assert.equal(headers['x-azora-school'], 'north')
    for (const name of ['x-azora-actor', 'x-middleware-subrequest', 'x-forwarded-for']) {
      assert.equal(headers[name], undefined, name)
    }
  })
})

test('What is not in the contract is not there; a known address says which methods it takes.', async () => {
  const unknown = await fetch(`${gateway.url}/api/v1/auth/nothing`)
  assert.equal(unknown.status, 404)
  assert.equal(await codeOf(unknown), 'not_found')
  const wrong = await fetch(`${gateway.url}/api/v1/auth/me`, { method: 'DELETE' })
  assert.equal(wrong.status, 405)
  assert.equal(await codeOf(wrong), 'method_not_allowed')
  assert.equal(wrong.headers.get('allow'), 'GET, PATCH, HEAD, OPTIONS')
  assert.equal((await fetch(`${gateway.url}/api/v3/auth/me`)).status, 404)
})

test('A service that is not there is unavailable, not unknown.', async () => {
  const answer = await fetch(`${gateway.url}/api/v1/education/courses`)
  assert.equal(answer.status, 503)
  assert.equal(await codeOf(answer), 'unavailable')
})

test('Addresses that read differently to different readers are refused.', async () => {
  const odd = [
    '//auth',
    '/api/v1//auth/me',
    '/api/v1/auth/../me',
    '/api/v1/auth/%2e%2e/me',
    '/a%00b',
    '/a%2Fb',
    '/a\\b',
    '/%zz',
    '/a?b=%00',
  ]
  for (const path of odd) assert.equal(await statusOfRaw(gateway.port, path), 400, path)
  assert.equal(await statusOfRaw(gateway.port, `/${'a'.repeat(9000)}`), 400)
  assert.equal(await statusOfRaw(gateway.port, 'http://elsewhere.example/'), 400)
})

test('A bearer token that is not good is refused before any service sees it.', async () => {
  const expired = await signToken({ expiresIn: '-1m' })
  for (const authorization of ['Bearer x.y.z', 'Basic dTpw', 'Bearer', `Bearer ${expired}`]) {
    const answer = await fetch(`${gateway.url}/api/v1/auth/organization`, { headers: { authorization } })
    assert.equal(answer.status, 401, authorization)
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
  }
})

test('A text answer of a kilobyte or more is compressed as its reader can read it, whether at once or as a stream.', async () => {
  const sized = express.Router()
  sized.use((req, res) => {
    const size = Number(new URL(req.url, 'http://_').searchParams.get('subject'))
    res.setHeader('Content-Type', 'application/json; charset=utf-8')
    res.setHeader('ETag', '"tag"')
    res.end(JSON.stringify('é'.repeat(size / 2 - 1)))
  })
  const readers = { gzip: gunzipSync, br: brotliDecompressSync, plain: (body: Buffer) => body }
  await withGateway({ services: new Map([['education', inProcess(sized)]]) }, async ({ url }) => {
    const ask = (size: number, accepted: string, method = 'GET') =>
      new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
        const headers = { 'accept-encoding': accepted }
        const address = `${url}/api/v1/education/courses?subject=${size}`
        request(address, { method, headers, agent: false }, async res => {
          const chunks: Buffer[] = []
          for await (const chunk of res) chunks.push(chunk)
          resolve({ headers: res.headers, body: Buffer.concat(chunks) })
        })
          .on('error', reject)
          .end()
      })
    const accepting = [
      ['gzip', 'gzip'],
      ['gzip, deflate, br', 'br'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', 'plain'],
    ] as const
    for (const [accepted, wanted] of accepting)
      for (const size of [1000, 1024, 16_384, 16_386, 40_000]) {
        const { headers, body } = await ask(size, accepted)
        const encoding = size < 1024 ? 'plain' : wanted
        const about = `${size} bytes for ${accepted}`
        assert.equal(headers['content-encoding'] ?? 'plain', encoding, about)
        assert.equal(readers[encoding](body).length, size, about)
        if (headers['content-length']) assert.equal(Number(headers['content-length']), body.length, about)
        if (encoding !== 'plain') assert.equal(headers.etag, 'W/"tag"', about)
        if (size >= 1024) assert.match(headers.vary ?? '', /Accept-Encoding/, about)
        assert.equal((await ask(size, accepted, 'HEAD')).body.length, 0)
      }
  })
})

test('A file is never compressed.', async () => {
  const file = express.Router()
  file.use((_req, res) => void res.type('text/plain').send('x'.repeat(5000)))
  await withGateway({ services: new Map([['education', inProcess(file)]]) }, async ({ url }) => {
    const answer = await fetch(`${url}/api/v1/education/files/${ids.user}/notes.txt`)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-encoding'), null)
    assert.equal(answer.headers.get('content-length'), '5000')
  })
})

test('Only listed origins may read answers from a page of theirs.', async () => {
  const ask = (origin: string) =>
    fetch(`${gateway.url}/api/v1/auth/me`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    })
  const allowed = await ask('https://app.example')
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example')
  assert.equal(allowed.headers.get('access-control-allow-credentials'), null)
  const other = await ask('https://evil.example')
  assert.equal(other.headers.get('access-control-allow-origin'), null)
})

test('Answers carry the security headers, early refusals too, and HSTS where the site is reached by https.', async () => {
  const addresses = [
    '/api/v1/auth/organization',
    '/api/v9/nothing',
    '/a%2fb',
    '/health/live',
    '/_next/static/a.js',
  ]
  for (const address of addresses) {
    const { headers } = await fetch(`${gateway.url}${address}`)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', address)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'.*frame-ancestors 'none'; base-uri 'none'/, address)
    assert.equal(headers.get('referrer-policy'), 'no-referrer', address)
    assert.equal(headers.get('strict-transport-security'), null, address)
    assert.equal(headers.get('x-powered-by'), null, address)
  }
  await withGateway({ config: { publicUrl: 'https://school.example' } as never }, async ({ url }) => {
    for (const address of [...addresses, '/courses']) {
      const { headers } = await fetch(`${url}${address}`)
      // Schools are subdomains.
      assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', address)
    }
  })
})

test('A sixty-first sign-in within a minute from one address is told to wait.', async () => {
  await withGateway({}, async ({ url }) => {
    const attempt = () => fetch(`${url}/api/v1/auth/login`, { method: 'POST' })
    const first = await attempt()
    assert.equal(first.headers.get('ratelimit-policy'), '"sign_in-address";q=60;w=60')
    assert.equal(first.headers.get('ratelimit'), '"sign_in-address";r=59;t=60')
    for (let count = 1; count < 60; count++) assert.equal((await attempt()).status, 200)
    const refused = await attempt()
    assert.equal(refused.status, 429)
    assert.equal(await codeOf(refused), 'rate_limited')
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
  })
})

test('Ready says which part is not, with 503.', async () => {
  const readiness = async () => ({
    ready: false,
    parts: { database: false, portal: true },
    problems: ['The database does not answer.'],
  })
  await withGateway({ readiness }, async ({ url }) => {
    const answer = await fetch(`${url}/health/ready`)
    assert.equal(answer.status, 503)
    assert.deepEqual(await answer.json(), {
      ready: false,
      parts: { database: false, portal: true },
      problems: ['The database does not answer.'],
    })
  })
  assert.equal((await fetch(`${gateway.url}/health/live`)).status, 200)
})

test('Metrics and the local mailbox are for this machine, not for what comes through a proxy on it.', async () => {
  const message = {
    id: '1',
    sentAt: 'now',
    to: 'a@b.example',
    subject: '<script>',
    text: 'https://x.example/?a=1&b=2',
  }
  await withGateway({ mailbox: async () => [message] }, async ({ url }) => {
    assert.match(await (await fetch(`${url}/metrics`)).text(), /azora_request_duration_seconds/)
    const page = await (await fetch(`${url}/dev/mail`)).text()
    assert.doesNotMatch(page, /<script>/)
    assert.match(page, /href="https:\/\/x\.example\/\?a=1&#38;b=2"/)
    const proxied = { headers: { 'x-forwarded-for': '192.0.2.1' } }
    assert.equal((await fetch(`${url}/metrics`, proxied)).status, 404)
    assert.equal((await fetch(`${url}/dev/mail`, proxied)).status, 404)
  })
  assert.equal((await fetch(`${gateway.url}/dev/mail`)).status, 404)
})

test('Metrics ask for a name of this machine, so that no page elsewhere reads them by a name of its own.', async () => {
  const ask = (host: string) =>
    new Promise<number>((resolve, reject) => {
      request(`${gateway.url}/metrics`, { headers: { host } }, answer => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })
  assert.equal(await ask('evil.example'), 404)
  assert.equal(await ask('localhost'), 200)
})

test('TRACE and other methods that nothing here answers are refused everywhere, with what is answered.', async () => {
  for (const method of ['TRACE', 'PROPFIND', 'LINK']) {
    for (const path of ['/', '/api/v1/education/courses', '/health/live', '/metrics', '/admin', '/nowhere']) {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request(`${gateway.url}${path}`, { method }, resolve).on('error', reject).end()
      })
      answer.resume()
      assert.equal(answer.statusCode, 405, `${method} ${path}`)
      assert.match(answer.headers.allow ?? '', /GET/)
    }
  }
})

test('A failure is answered in JSON to a program and as a plain page to a person.', async () => {
  assert.equal(await codeOf(await fetch(`${gateway.url}/somewhere`)), 'not_found')
  const page = await fetch(`${gateway.url}/somewhere`, { headers: { accept: 'text/html' } })
  assert.equal(page.status, 404)
  assert.match(await page.text(), /<!doctype html>/)
})

test('A version holds what it changed; for the rest it says where that stands.', async () => {
  await withGateway({}, async ({ url }) => {
    const later = await fetch(`${url}/api/v2/education/courses`)
    assert.equal(((await later.json()) as { url: string }).url, '/education/courses')
    const unchanged = await fetch(`${url}/api/v2/auth/me`)
    assert.equal(unchanged.status, 404)
    const { data } = (await unchanged.json()) as { data: { values: { path: string } } }
    assert.match(data.values.path, /\/api\/v1\/auth\/me/)
    const described = await fetch(`${url}/api/v2/openapi.json`)
    assert.equal(((await described.json()) as { info: { version: string } }).info.version, '2')
  })
})

test('What is between the parts alone is not there for anyone outside, whatever they say they are.', async () => {
  await withGateway({}, async ({ url }) => {
    const asked = (path: string) =>
      fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'x-azora-internal': internalKey.sign(), 'content-type': 'application/json' },
        body: '{}',
      })
    assert.notEqual((await asked('/auth/api-key-exchange')).status, 200)
    assert.notEqual((await asked('/integrations/usage-batches')).status, 200)
    const passed = await asked('/auth/login')
    const { headers } = (await passed.json()) as { headers: Record<string, string> }
    assert.equal(headers['x-azora-internal'], undefined)
  })
})
