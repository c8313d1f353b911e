import assert from 'node:assert/strict'
import { createHmac, createPublicKey, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { createIdentity, tokenAudience, tokenIssuer } from '@azora/kit/identity.ts'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { ids, privateKey, publicKey, signToken, startGateway } from './testing.ts'

/** What someone who means harm sends to the one door. */

let gateway: Awaited<ReturnType<typeof startGateway>>
before(async () => {
  gateway = await startGateway({
    config: { rateLimits: false, corsOrigins: ['https://app.example'] } as never,
  })
})
after(() => gateway.close())

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)
const claims = () => ({
  sub: ids.user,
  org: ids.school,
  sid: ids.session,
  roles: ['admin'],
  iss: tokenIssuer,
  aud: tokenAudience,
  iat: now(),
  exp: now() + 900,
})

async function statusWith(authorization: string): Promise<number> {
  const answer = await fetch(`${gateway.url}/api/v1/auth/me`, { headers: { authorization } })
  await answer.text()
  return answer.status
}

/** A token with our key and other claims or another header. */
const forged = (change: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  new SignJWT({ ...claims(), ...change })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt', ...header })
    .sign(privateKey)

test('A token without a signature, or signed with our public key as a secret, is refused.', async () => {
  const unsigned = ['none', 'None', 'NONE', ''].map(
    alg => `${encode({ alg, kid: 'test', typ: 'at+jwt' })}.${encode(claims())}.`,
  )
  const pem = await exportSPKI(publicKey)
  const jwk = await exportJWK(publicKey)
  const raw = Buffer.from(jwk.x ?? '', 'base64url')
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  const confused = [pem, pem.trim(), raw, der, JSON.stringify(jwk)].map(secret => {
    const text = `${encode({ alg: 'HS256', kid: 'test', typ: 'at+jwt' })}.${encode(claims())}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  })
  for (const token of [...unsigned, ...confused])
    assert.equal(await statusWith(`Bearer ${token}`), 401, token)
})

test('A token for somebody else, from somebody else, too old, too new or incomplete is refused.', async () => {
  assert.equal(await statusWith(`Bearer ${await forged({})}`), 200)
  const wrong: Record<string, unknown>[] = [
    { aud: 'other' },
    { iss: 'https://evil.example' },
    { exp: now() - 61 },
    { iat: now() + 3600, exp: now() + 7200 },
    { nbf: now() + 3600 },
    { sub: undefined },
    { sub: "' or 1=1 --" },
    { roles: ['root'] },
    { roles: 'admin' },
    { exp: undefined },
    { exp: 'never' },
    { scope: 'everything' },
    { kind: 'operator' },
  ]
  for (const change of wrong) {
    assert.equal(await statusWith(`Bearer ${await forged(change)}`), 401, JSON.stringify(change))
  }
})

test('A token cannot bring its own key, nor say that its header is critical.', async () => {
  const own = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const jwk = await exportJWK(own.publicKey)
  const headers = [
    { jwk },
    { jku: 'https://evil.example/keys' },
    { x5u: 'https://evil.example' },
    { kid: 'other' },
  ]
  for (const header of headers) {
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt', ...header })
      .sign(own.privateKey)
    assert.equal(await statusWith(`Bearer ${token}`), 401)
  }
  const [, payload, signature] = (await forged({})).split('.')
  const critical = encode({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt', crit: ['x'], x: 1 })
  assert.equal(await statusWith(`Bearer ${critical}.${payload}.${signature}`), 401)
})

test('A malformed or oversized token is refused like any other that is not good.', async () => {
  const good = await signToken()
  const [head, body, seal = ''] = good.split('.')
  const odd = [
    'Bearer',
    'Bearer ',
    `Bearer  ${good}`,
    `Bearer ${good} `.concat('x'),
    `Bearer ${good},${good}`,
    `Token ${good}`,
    `Bearer ${head}.${body}`,
    `Bearer ${head}.${body}.${seal.slice(0, -2)}`,
    `Bearer ${head}.${body}.${seal}.${seal}`,
    `Bearer ${'a'.repeat(5000)}.${'b'.repeat(2000)}.c`,
    `Bearer ..`,
    `Bearer ${encode({})}.${encode({})}.x`,
    `Bearer ${Buffer.from('{{{').toString('base64url')}.e.x`,
  ]
  for (const authorization of odd)
    assert.equal(await statusWith(authorization), 401, authorization.slice(0, 60))
})

test('Key ids made up by the thousand fetch the keys once.', async () => {
  let fetched = 0
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' }
  const flooded = await startGateway({
    identity: createIdentity(async () => {
      fetched += 1
      return { keys: [jwk] }
    }),
    config: { rateLimits: false } as never,
  })
  try {
    const ask = async (token: string) => {
      const answer = await fetch(`${flooded.url}/api/v1/auth/me`, {
        headers: { authorization: `Bearer ${token}` },
      })
      await answer.text()
      return answer.status
    }
    const tokens = await Promise.all(
      Array.from({ length: 100 }, () => forged({}, { kid: randomBytes(8).toString('hex') })),
    )
    assert.deepEqual(new Set(await Promise.all(tokens.map(ask))), new Set([401]))
    assert.equal(fetched, 1)
    assert.equal(await ask(await signToken()), 200)
  } finally {
    await flooded.close()
  }
})

/** Send bytes as they are, and give back what comes until the connection ends, or falls silent after an answer. */
async function raw(text: string): Promise<string> {
  const socket = connect(gateway.port, '127.0.0.1')
  // As long as it takes: what has no answer at all is no refusal.
  socket.setTimeout(30_000, () => socket.destroy())
  socket.on('error', () => {})
  socket.write(text)
  let answer = ''
  socket.on('data', chunk => {
    answer += String(chunk)
    socket.setTimeout(150)
  })
  await once(socket, 'close')
  return answer
}
const statusesIn = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))

test('Requests whose length can be read in two ways are refused, and nothing within them is taken for a request.', async () => {
  const hidden = 'GET /api/v1/auth/me HTTP/1.1\r\nHost: x\r\n\r\n'
  const shapes = [
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n${hidden}`,
    `GET /api/v1/auth/me HTTP/1.1\r\nHost: x\r\nX-A: b\r\n Transfer-Encoding: chunked\r\nX\r\n\r\n${hidden}`,
    `GET /api/v1/auth/me\n HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /a\tb HTTP/1.1\r\nHost: x\r\n\r\n`,
  ]
  for (const shape of shapes) assert.deepEqual(statusesIn(await raw(shape)), [400], shape)
  const twoHosts = await raw('GET /api/v1/auth/me HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n')
  assert.deepEqual(statusesIn(twoHosts), [400])
})

test('Headers beyond any use are refused before they are read to the end.', async () => {
  const answer = await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`)
  assert.deepEqual(statusesIn(answer), [431])
})

test('What only we may say of a request is not believed from outside, however it is written or repeated.', async () => {
  const answer = await raw(
    [
      'GET /api/v1/auth/organization HTTP/1.1',
      'Host: x',
      'X-Azora-Internal: 1',
      'x-azora-internal: 2',
      'X-AZORA-Actor: admin',
      'X-Azora-Visitor: 192.0.2.1 x',
      'X-Forwarded-For: 127.0.0.1',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: https',
      'Forwarded: for=127.0.0.1',
      'X-Real-IP: 127.0.0.1',
      'X-Middleware-Subrequest: middleware',
      'Connection: close',
      '',
      '',
    ].join('\r\n'),
  )
  const { headers } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { headers: object }
  assert.deepEqual(
    Object.keys(headers).filter(name => /azora|forward|real-ip|middleware/.test(name)),
    [],
  )
})

test('A method is what the request line says, whatever headers and queries claim.', async () => {
  const answer = await fetch(`${gateway.url}/api/v1/auth/organization?_method=DELETE`, {
    headers: { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'x-http-method': 'PUT' },
  })
  assert.equal(((await answer.json()) as { method: string }).method, 'GET')
  for (const line of ['TRACE /api/v1/auth/me', 'CONNECT evil.example:443', 'PROPFIND /']) {
    const [status = 0] = statusesIn(await raw(`${line} HTTP/1.1\r\nHost: x\r\n\r\n`))
    assert.ok(status === 0 || status >= 400, line)
  }
})

test('A correlation id or a school cannot bring a line break into an answer.', async () => {
  const answer = await raw(
    'GET /health/live HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: abcdefgh%0d%0aSet-Cookie:a=b\r\nConnection: close\r\n\r\n',
  )
  assert.doesNotMatch(answer, /set-cookie/i)
})

test('The gateway sends nobody anywhere: an address of two slashes or a foreign host is no redirect.', async () => {
  for (const target of [
    '//evil.example',
    '/\\evil.example',
    '/%5cevil.example',
    '/%2f%2fevil.example/..',
    'http://evil.example/',
  ]) {
    const answer = await raw(`GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)
    assert.deepEqual(statusesIn(answer), [400], target)
    assert.doesNotMatch(answer, /^location:/im)
  }
})

test('Origins that only look like a listed one may read nothing.', async () => {
  const origins = [
    'null',
    'https://app.example.evil.example',
    'https://evil-app.example',
    'http://app.example',
    'https://app.example:8443',
    'https://APP.example',
    'https://app.example/',
    'https://app.example https://evil.example',
  ]
  for (const origin of origins) {
    const { headers } = await fetch(`${gateway.url}/api/v1/auth/organization`, { headers: { origin } })
    assert.equal(headers.get('access-control-allow-origin'), null, origin)
    assert.equal(headers.get('access-control-allow-credentials'), null)
  }
})
