import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { decodeJwt, generateKeyPair, type JWTPayload } from 'jose'
import { startFederated, toldBy } from './azora.ts'
import type { Visitor } from './visitor.ts'

/** Answers of providers, and of those who are none, that must sign nobody in. */

let azora: Awaited<ReturnType<typeof startFederated>>

before(async () => {
  azora = await startFederated({ patienceMs: 400 })
})
beforeEach(() => azora.forgetOutsiders())
afterEach(() => {
  const { google, apple, github } = azora.outside
  for (const { interference } of [google, apple, github]) {
    delete interference.tokens
    delete interference.instead
  }
})
after(() => azora?.stop())

async function refused(visitor: Visitor, page: { url: URL }, problem: string, what?: string) {
  assert.equal(page.url.pathname, '/signin', what)
  assert.equal(toldBy(page), problem, what)
  assert.equal(await azora.me(visitor), 401, what)
}

/** Go to a provider and stop before the browser delivers the answer. */
async function answerFor(visitor: Visitor, provider = 'google', personId = 'outside-amahle'): Promise<URL> {
  const page = await azora.signIn(visitor, provider, personId, '', to => to.href.startsWith(azora.api))
  assert.ok(page.url.href.startsWith(azora.api), page.url.href)
  return page.url
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

type Forgery = (claims: JWTPayload, honest: string) => Promise<string> | string
const forge: Record<string, Forgery> = {
  'another nonce': claims => azora.outside.google.forge({ ...claims, nonce: 'of another attempt' }),
  'no nonce': ({ nonce: _, ...claims }) => azora.outside.google.forge(claims),
  'another issuer': claims => azora.outside.google.forge({ ...claims, iss: azora.outside.apple.issuer }),
  'another audience': claims => azora.outside.google.forge({ ...claims, aud: 'another application' }),
  'several audiences, and another authorised one': claims =>
    azora.outside.google.forge({ ...claims, aud: [String(claims.aud), 'another'], azp: 'another' }),
  'a time that is over': claims =>
    azora.outside.google.forge({ ...claims, iat: Number(claims.iat) - 7200, exp: Number(claims.iat) - 3600 }),
  'no end': ({ exp: _, ...claims }) => azora.outside.google.forge(claims),
  'no subject': ({ sub: _, ...claims }) => azora.outside.google.forge(claims),
  'an empty subject': claims => azora.outside.google.forge({ ...claims, sub: '' }),
  'no signature': claims => `${encode({ alg: 'none' })}.${encode(claims)}.`,
  'the signature of an honest token': (claims, honest) => {
    const [header, , signature] = honest.split('.')
    return `${header}.${encode({ ...claims, sub: 'outside-thabo' })}.${signature}`
  },
  'the signature of another key': async claims => {
    const { privateKey } = await generateKeyPair('RS256')
    return azora.outside.google.forge(claims, {}, privateKey)
  },
  'the key of another provider': claims => azora.outside.apple.forge(claims),
  'a key that the provider has not published': claims =>
    azora.outside.google.forge(claims, { kid: 'nobody' }),
  'a signature by a shared secret': claims => `${encode({ alg: 'HS256' })}.${encode(claims)}.${encode({})}`,
  'no shape at all': () => 'a.b',
}

for (const [what, make] of Object.entries(forge)) {
  test(`An ID token with ${what} signs nobody in.`, async () => {
    azora.outside.google.interference.tokens = async answer => {
      const honest = String(answer.id_token)
      return { ...answer, id_token: await make(decodeJwt(honest), honest) }
    }
    const visitor = azora.createVisitor()
    await refused(visitor, await azora.signIn(visitor, 'google', 'outside-amahle'), 'sign_in_failed')
  })
}

test('A forged token would have been taken, had it been honest.', async () => {
  azora.outside.google.interference.tokens = async answer => ({
    ...answer,
    id_token: await azora.outside.google.forge(decodeJwt(String(answer.id_token))),
  })
  const visitor = azora.createVisitor()
  await azora.signIn(visitor, 'google', 'outside-amahle')
  assert.equal((await azora.me(visitor)).email, 'amahle@outside.example')
})

test('Tokens without an ID token sign nobody in.', async () => {
  azora.outside.google.interference.tokens = ({ id_token: _, ...answer }) => answer
  const visitor = azora.createVisitor()
  await refused(visitor, await azora.signIn(visitor, 'google', 'outside-amahle'), 'sign_in_failed')
})

test('An answer works once, though the browser delivers it twice.', async () => {
  const visitor = azora.createVisitor()
  const answer = await answerFor(visitor)
  assert.equal(toldBy(await visitor.open(answer)), null)
  visitor.forget(azora.url, 'azora_access')
  visitor.forget(azora.url, 'azora_refresh')
  await refused(visitor, await visitor.open(answer), 'expired')
})

test('Of two deliveries of an answer at the same moment one signs in.', async () => {
  const visitor = azora.createVisitor()
  const answer = await answerFor(visitor)
  const pages = await Promise.all([visitor.ask(answer), visitor.ask(answer)])
  const places = pages.map(page => page.headers.get('location') ?? '')
  assert.deepEqual(places.map(place => place.includes('problem=expired')).sort(), [false, true])
})

test('A code that was spent is worth nothing in another attempt.', async () => {
  const visitor = azora.createVisitor()
  const first = await answerFor(visitor)
  await visitor.open(first)
  const other = azora.createVisitor()
  const second = await answerFor(other)
  second.searchParams.set('code', first.searchParams.get('code') ?? '')
  await refused(other, await other.open(second), 'sign_in_failed')
})

test('A code that another browser got is worth nothing, for the verifier stays with its attempt.', async () => {
  const thief = azora.createVisitor()
  const stolen = await answerFor(azora.createVisitor())
  const own = await answerFor(thief)
  own.searchParams.set('code', stolen.searchParams.get('code') ?? '')
  await refused(thief, await thief.open(own), 'sign_in_failed')
})

test('An answer that another browser got signs this one in to nothing.', async () => {
  const attacker = azora.createVisitor()
  const answer = await answerFor(attacker)
  const victim = azora.createVisitor()
  await refused(victim, await victim.open(answer), 'expired')
  await answerFor(victim)
  await refused(victim, await victim.open(answer), 'expired')
  // And the attempt is still there for the browser that it belongs to.
  assert.equal(toldBy(await attacker.open(answer)), null)
})

test('A form that another browser posts signs nobody in.', async () => {
  const attacker = azora.createVisitor()
  const outside = (to: URL) => to.href.startsWith(azora.outside.url)
  const begun = await attacker.open(`${azora.api}/federation/apple`, outside)
  const state = begun.url.searchParams.get('state') ?? ''
  const victim = azora.createVisitor()
  const post = (fields: Record<string, string>) =>
    victim.ask(`${azora.api}/federation/apple/callback`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    })
  const page = await victim.open((await post({ state, code: 'x' })).headers.get('location') ?? '')
  await refused(victim, page, 'expired')
  // Nor can an answer that lies there be replaced.
  assert.match((await post({ state, code: 'y' })).headers.get('location') ?? '', /problem=expired/)
  const google = await attacker.open(`${azora.api}/federation/google`, outside)
  const ofGoogle = { state: google.url.searchParams.get('state') ?? '', code: 'y' }
  assert.match((await post(ofGoogle)).headers.get('location') ?? '', /problem=expired/)
  assert.match((await post({ state: 'unknown', code: 'y' })).headers.get('location') ?? '', /problem=expired/)
  assert.match((await post({})).headers.get('location') ?? '', /problem=expired/)
  for (const body of [undefined, 'state=a&state=b', '{"state":"a"}']) {
    const headers = {
      'content-type': body?.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
    }
    const answer = await victim.ask(`${azora.api}/federation/apple/callback`, {
      method: 'POST',
      headers,
      body,
    })
    assert.match(answer.headers.get('location') ?? '', /problem=expired/, body?.slice(0, 20))
  }
})

test('A form larger than any provider posts is refused.', async () => {
  const body = new URLSearchParams({ state: 'x'.repeat(2_000_000) })
  const address = `${azora.api}/federation/apple/callback`
  const answer = await azora.createVisitor().ask(address, { method: 'POST', body })
  assert.equal(answer.status, 413)
})

test('The answer of one provider is not taken for that of another.', async () => {
  const visitor = azora.createVisitor()
  const google = await answerFor(visitor)
  const asApple = new URL(google.href.replace('/google/', '/apple/'))
  await refused(visitor, await visitor.open(asApple), 'expired')

  const apple = await visitor.open(`${azora.api}/federation/apple`, to =>
    to.href.startsWith(azora.outside.url),
  )
  let asked = 0
  azora.outside.apple.interference.instead = req => {
    if (req.path === '/token') asked += 1
    return false
  }
  const mixed = new URL(`${azora.api}/federation/apple/callback`)
  mixed.searchParams.set('state', apple.url.searchParams.get('state') ?? '')
  mixed.searchParams.set('code', google.searchParams.get('code') ?? '')
  mixed.searchParams.set('iss', google.searchParams.get('iss') ?? '')
  await refused(visitor, await visitor.open(mixed), 'sign_in_failed')
  assert.equal(asked, 0, 'the code of one provider was shown to the other')
})

test('An answer without the name of its sender is not taken from a provider that gives it (RFC 9207).', async () => {
  const visitor = azora.createVisitor()
  const answer = await answerFor(visitor)
  answer.searchParams.delete('iss')
  await refused(visitor, await visitor.open(answer), 'sign_in_failed')
})

test('GitHub\u2019s answers name no sender; one that names another is refused.', async () => {
  const visitor = azora.createVisitor()
  const answer = await answerFor(visitor, 'github')
  answer.searchParams.set('iss', azora.outside.google.issuer)
  await refused(visitor, await visitor.open(answer), 'sign_in_failed')
})

test('Answers that lack something, or have it twice, sign nobody in.', async () => {
  for (const change of [
    (fields: URLSearchParams) => fields.delete('code'),
    (fields: URLSearchParams) => fields.append('code', 'another'),
    (fields: URLSearchParams) => fields.set('id_token', 'x.y.z'),
    (fields: URLSearchParams) => fields.append('state', 'another'),
    (fields: URLSearchParams) => fields.set('error', 'server_error\r\nset-cookie: a=b'),
  ]) {
    const visitor = azora.createVisitor()
    const answer = await answerFor(visitor)
    change(answer.searchParams)
    await refused(visitor, await visitor.open(answer), 'sign_in_failed', answer.search)
  }
  const visitor = azora.createVisitor()
  await refused(visitor, await visitor.open(`${azora.api}/federation/google/callback`), 'expired')
})

const troubles: Record<string, Parameters<typeof trouble>[0]> = {
  'does not answer': () => {},
  'hangs up': (_path, res) => res.destroy(),
  'is out of order': (_path, res) => res.status(503).send('later'),
  'answers without end': (_path, res) => {
    res.type('json').write('{"access_token":"')
    const flood = setInterval(() => res.write('x'.repeat(64 * 1024)), 1)
    res.on('close', () => clearInterval(flood))
  },
  'sends us elsewhere': (_path, res) => res.redirect(307, `${azora.outside.url}/elsewhere`),
  'speaks another language': (_path, res) => void res.type('html').send('<h1>Hello</h1>'),
}

function trouble(answer: (path: string, res: import('express').Response) => void, paths: RegExp) {
  return (req: import('express').Request, res: import('express').Response) => {
    if (!paths.test(req.originalUrl)) return false
    answer(req.path, res)
    return true
  }
}

for (const [what, answer] of Object.entries(troubles)) {
  test(`A provider that ${what} gets nobody signed in, and a page says so.`, async () => {
    const { google, apple, github } = azora.outside
    for (const [provider, { interference }, paths] of [
      ['google', google, /\/token/],
      ['github', github, /access_token/],
      ['github', github, /\/github-api\/user$/],
      ['apple', apple, /\/token/],
    ] as const) {
      interference.instead = trouble(answer, paths)
      const visitor = azora.createVisitor()
      const page = await azora.signIn(visitor, provider, 'outside-amahle')
      delete interference.instead
      assert.equal(page.status, 200)
      assert.match(toldBy(page) ?? '', /^(provider_unavailable|sign_in_failed)$/, `${provider} ${paths}`)
      if (!/elsewhere|language/.test(what)) assert.equal(toldBy(page), 'provider_unavailable', provider)
      assert.equal(await azora.me(visitor), 401)
    }
  })
}

test('Nothing is logged by which somebody could sign in, nor who tried.', () => {
  assert.ok(azora.logged.length > 20)
  assert.doesNotMatch(azora.logged.join('\n'), /eyJ|@|gho_|outside-|code=|state=/)
})

test('A page elsewhere cannot send a browser to a provider; the person is asked first.', async () => {
  const start = `${azora.url}/api/v1/auth/federation/google?next=%2Fcourses`
  const from = (site: string, query = '') =>
    azora.createVisitor().ask(`${start}${query}`, { headers: { 'Sec-Fetch-Site': site } })
  for (const page of [
    await from('cross-site'),
    await from('same-site'),
    await from('cross-site', '&school=north'),
  ]) {
    assert.equal(page.status, 303)
    assert.equal(page.headers.get('location'), '/signin?next=%2Fcourses')
    assert.deepEqual(page.headers.getSetCookie(), [])
  }
  const ours = [await from('same-origin'), await from('none'), await from('same-site', '&school=north')]
  for (const page of ours) {
    const { host } = new URL(page.headers.get('location') ?? '', azora.url)
    assert.equal(host, new URL(azora.outside.google.issuer).host)
  }
})
