import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createCsrfToken } from '@azora/kit/session-cookies.ts'
import { listen, signToken, startGateway } from './testing.ts'

let gateway: Awaited<ReturnType<typeof startGateway>>
let access: string
let csrf: string
before(async () => {
  gateway = await startGateway({ config: { corsOrigins: ['https://app.example'] } as never })
  access = await signToken()
  csrf = createCsrfToken(access)
})
after(() => gateway.close())

const cookies = (token = csrf) => `theme=dark; azora_access=${access}; azora_csrf=${token}`

async function send(method: string, path: string, headers: Record<string, string>) {
  const answer = await fetch(`${gateway.url}/api/v1${path}`, { method, headers })
  const body = (await answer.json()) as { code?: string; headers?: Record<string, string> }
  const { authorization, cookie } = body.headers ?? {}
  return { status: answer.status, code: body.code, authorization, cookie }
}

test('A session cookie becomes a bearer token for the services behind.', async () => {
  const { authorization } = await send('GET', '/auth/me', { cookie: cookies() })
  assert.equal(authorization, `Bearer ${access}`)
})

test('Cookies go to auth alone; other services, here or elsewhere, get the token that says who calls.', async () => {
  const cookie = `${cookies()}; azora_refresh=secret`
  const educationOf = async (url: string) => {
    const answer = await fetch(`${url}/api/v1/education/courses`, { headers: { cookie } })
    return ((await answer.json()) as { headers: Record<string, string> }).headers
  }
  const elsewhere = await listen((req, res) => {
    res.setHeader('Content-Type', 'application/json')
    res.end(JSON.stringify({ headers: req.headers }))
  })
  const other = await startGateway({ services: new Map([['education', [elsewhere.url]]]) })
  try {
    for (const url of [gateway.url, other.url]) {
      const headers = await educationOf(url)
      assert.equal(headers.cookie, undefined)
      assert.equal(headers.authorization, `Bearer ${access}`)
    }
    assert.equal((await send('GET', '/auth/me', { cookie })).cookie, cookie)
  } finally {
    await other.close()
    await elsewhere.close()
  }
})

test('A change by session cookie needs the CSRF token in a header.', async () => {
  const accepted = await send('POST', '/auth/logout', { cookie: cookies(), 'x-azora-csrf': csrf })
  assert.equal(accepted.authorization, `Bearer ${access}`)
  const without = await send('POST', '/auth/logout', { cookie: cookies() })
  assert.deepEqual([without.status, without.code], [403, 'csrf_rejected'])
})

test('Signing out empties the cache of the browser, and nothing else does.', async () => {
  const ask = async (path: string) => {
    const headers = { cookie: cookies(), 'x-azora-csrf': csrf }
    const answer = await fetch(`${gateway.url}/api/v1${path}`, { method: 'POST', headers })
    assert.equal(answer.status, 200)
    return answer.headers.get('clear-site-data')
  }
  assert.equal(await ask('/auth/logout'), '"cache"')
  assert.equal(await ask('/auth/sessions/revoke-others'), null)
})

test('A CSRF token of another session does not fit, even where cookie and header agree.', async () => {
  const planted = createCsrfToken(await signToken())
  const { code } = await send('POST', '/auth/logout', { cookie: cookies(planted), 'x-azora-csrf': planted })
  assert.equal(code, 'csrf_rejected')
})

test('A change by session cookie from a page elsewhere is refused, with the right token or not.', async () => {
  const own = { cookie: cookies(), 'x-azora-csrf': csrf }
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://app.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[]
  for (const headers of foreign) {
    const { code } = await send('POST', '/auth/logout', { ...own, ...headers })
    assert.equal(code, 'csrf_rejected', JSON.stringify(headers))
  }
  for (const origin of [gateway.url, 'http://localhost:8080']) {
    assert.equal((await send('POST', '/auth/logout', { ...own, origin })).status, 200, origin)
  }
})

test('What anybody may change is done as the one who proves to sit in front of the page, and as nobody otherwise.', async () => {
  const proven = await send('POST', '/auth/login', { cookie: cookies(), 'x-azora-csrf': csrf })
  assert.equal(proven.authorization, `Bearer ${access}`)
  const unproven = await send('POST', '/auth/login', { cookie: cookies() })
  assert.deepEqual([unproven.status, unproven.authorization], [200, undefined])
})

test('Signing in needs no token, only a page of ours, a listed origin, or no browser at all.', async () => {
  const from = (headers: Record<string, string>) => send('POST', '/auth/login', headers)
  assert.equal((await from({})).status, 200)
  assert.equal((await from({ origin: gateway.url })).status, 200)
  assert.equal((await from({ origin: 'https://app.example' })).status, 200)
  assert.equal((await from({ origin: 'https://evil.example' })).code, 'csrf_rejected')
  // The old session lends the new sign-in nothing.
  assert.equal((await from({ cookie: cookies(), origin: gateway.url })).authorization, undefined)
})

test('A program with a bearer token needs no CSRF token, whatever its origin.', async () => {
  const headers = { authorization: `Bearer ${access}`, origin: 'https://app.example' }
  assert.equal((await send('POST', '/auth/logout', headers)).status, 200)
})

test('An access cookie that has run out makes a visitor, not an error, so that refreshing can follow.', async () => {
  const old = await signToken({ expiresIn: '-1m' })
  const seen = await send('GET', '/auth/me', { cookie: `azora_access=${old}` })
  assert.deepEqual([seen.status, seen.authorization], [200, undefined])
})

test('A cookie that is badly encoded does no harm.', async () => {
  assert.equal((await send('GET', '/auth/me', { cookie: 'azora_access=%E0%A4%A' })).status, 200)
})

test('A form that comes from elsewhere by design reaches its protocol, without any session; no other does.', async () => {
  const headers = { cookie: cookies(), origin: 'https://appleid.example', 'sec-fetch-site': 'cross-site' }
  const form = await send('POST', '/auth/federation/apple/callback', headers)
  assert.deepEqual([form.status, form.authorization], [200, undefined])
  assert.equal((await send('POST', '/auth/login', headers)).code, 'csrf_rejected')
  assert.equal((await send('POST', '/auth/logout', headers)).code, 'csrf_rejected')
})

test('Where two cookies of one name disagree somebody has tossed one in, and neither counts.', async () => {
  const other = await signToken()
  for (const cookie of [
    `azora_access=${other}; azora_access=${access}`,
    `azora_access=${access}; azora_access=${other}; azora_csrf=${csrf}`,
  ]) {
    assert.equal((await send('GET', '/auth/me', { cookie })).authorization, undefined)
    assert.equal(
      (await send('POST', '/auth/logout', { cookie, 'x-azora-csrf': csrf })).authorization,
      undefined,
    )
  }
  const same = `azora_access=${access}; azora_access=${access}`
  assert.equal((await send('GET', '/auth/me', { cookie: same })).authorization, `Bearer ${access}`)
})

test('Over https only cookies count that no sibling domain can have planted.', async () => {
  const secure = await startGateway({ config: { publicUrl: 'https://school.example' } as never })
  try {
    const ask = async (cookie: string) => {
      const answer = await fetch(`${secure.url}/api/v1/auth/me`, { headers: { cookie } })
      return ((await answer.json()) as { headers: Record<string, string> }).headers
    }
    const other = await signToken()
    const seen = await ask(`a=1; azora_access=${other}; __Host-azora_access=${access}`)
    assert.equal(seen.authorization, `Bearer ${access}`)
    assert.equal(seen.cookie, `a=1; azora_access=${access}`)
    assert.equal((await ask(`azora_access=${access}`)).authorization, undefined)
  } finally {
    await secure.close()
  }
})
