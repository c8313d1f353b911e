import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { embedOrigins } from '@azora/contracts/embeds.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { GatewayOptions } from './gateway-options.ts'
import { replaceSession } from './page-session.ts'
import { listen, sessionTokens, signToken, startGateway } from './testing.ts'

type Seen = { cookie: string; policy: string; authorization: string | null; url: string }

async function echo(req: IncomingMessage, res: ServerResponse): Promise<void> {
  res.setHeader('Content-Type', 'application/json')
  res.end(
    JSON.stringify({
      cookie: req.headers.cookie ?? '',
      policy: req.headers['content-security-policy'] ?? '',
      authorization: req.headers.authorization ?? null,
      url: req.url,
    }),
  )
}

const echoPortal = { handle: echo }

async function visit(options: Partial<GatewayOptions>, headers: Record<string, string>, path = '/courses') {
  const gateway = await startGateway({ portal: echoPortal, ...options })
  try {
    const answer = await fetch(gateway.url + path, { headers: { accept: 'text/html', ...headers } })
    const set = answer.headers.getSetCookie()
    const policy = answer.headers.get('content-security-policy') ?? ''
    return {
      status: answer.status,
      headers: answer.headers,
      policy,
      set,
      seen: (await answer.json()) as Seen,
    }
  } finally {
    await gateway.close()
  }
}

test('Each page has a nonce of its own, told alike to the browser and to the portal.', async () => {
  const one = await visit({}, {})
  const two = await visit({}, {})
  assert.match(one.policy, /script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic'/)
  assert.equal(one.seen.policy, one.policy)
  assert.notEqual(one.policy, two.policy)
})

test('The worker that reads a PDF may decode scans, and no other built file may run anything.', async () => {
  const of = async (name: string) => (await visit({}, {}, `/_next/static/media/${name}`)).policy
  assert.equal(await of('pdf.worker.min.0esz.mjs'), "default-src 'none'; script-src 'wasm-unsafe-eval'")
  for (const other of ['pdf.worker.min.0esz.js', 'xpdf.worker.min.mjs', 'pdf.worker.min/../a.mjs'])
    assert.ok(!(await of(other)).includes('script-src'), other)
})

test('A page is told apart by its cookies and by the wish to save data, whatever else the portal says; a script is not.', async () => {
  const portal = {
    async handle(req: IncomingMessage, res: ServerResponse) {
      res.setHeader('Vary', 'RSC')
      await echo(req, res)
    },
  }
  const of = async (path: string) => (await visit({ portal }, {}, path)).headers.get('vary') ?? ''
  assert.match(await of('/courses'), /^RSC, .*Cookie, Save-Data$/)
  assert.doesNotMatch(await of('/_next/static/a.js'), /Save-Data/)
})

test('The page that reads the code of a certificate may use the camera, a lesson the microphone, and no other page either.', async () => {
  const policyOf = async (path: string) => (await visit({}, {}, path)).headers.get('permissions-policy') ?? ''
  assert.match(await policyOf('/verify'), /camera=\(self\), microphone=\(\)/)
  assert.match(await policyOf('/learn/rivers/lesson'), /camera=\(\), microphone=\(self\)/)
  for (const path of [
    '/',
    '/courses',
    '/verify/more',
    '/verifying',
    '/learn',
    '/learn/rivers',
    '/learn/a/b/c',
  ])
    assert.match(await policyOf(path), /camera=\(\), microphone=\(\)/, path)
})

test('Pages stand in no frame, load no plug-ins, send forms nowhere else, and tell others no more than the site.', async () => {
  const { policy, headers } = await visit({}, {})
  const directives = policy.split('; ')
  const wanted = ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]
  for (const directive of [...wanted, "form-action 'self'", "connect-src 'self'"])
    assert.ok(directives.includes(directive), directive)
  // This gateway itself is reached without encryption.
  const others = policy.replace(/ http:\/\/127\.0\.0\.1:\d+\/programs/, '')
  assert.doesNotMatch(others, /unsafe-eval|script-src[^;]*unsafe-inline|http:/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('referrer-policy'), 'strict-origin-when-cross-origin')
})

test('A page shows the sites that lessons embed and the frame of programs, by its one address, and nothing else.', async () => {
  const framesOf = async (headers: Record<string, string>) => {
    const { policy } = await visit({}, headers)
    const directive = policy.split('; ').find(one => one.startsWith('frame-src ')) ?? ''
    return directive.split(' ').slice(1)
  }
  const [programs, ...more] = (await framesOf({})).filter(source => !embedOrigins.includes(source))
  assert.match(programs ?? '', /^http:\/\/127\.0\.0\.1:\d+\/programs$/)
  assert.deepEqual(more, [])
})

test('A visitor whose access cookie has run out is refreshed on the way, and the page sees the new session.', async () => {
  const tokens = await sessionTokens()
  const asked: string[] = []
  const refresh = async (token: string) => {
    asked.push(token)
    return { tokens }
  }
  const { set, seen } = await visit({ refresh }, { cookie: 'theme=dark; azora_refresh=old' })
  assert.deepEqual(asked, ['old'])
  assert.match(
    seen.cookie,
    new RegExp(`^theme=dark; azora_access=${tokens.accessToken}; azora_refresh=next-`),
  )
  assert.deepEqual(
    set.map(text => text.split('=')[0]),
    ['azora_access', 'azora_refresh', 'azora_csrf'],
  )
})

test('A session that has ended is cleared, and the page is shown as to a visitor.', async () => {
  const refresh = async () => {
    throw new AppError('session_expired')
  }
  const { status, set, seen } = await visit({ refresh }, { cookie: 'azora_refresh=old; theme=dark' })
  assert.equal(status, 200)
  assert.equal(seen.cookie, 'theme=dark')
  assert.equal(set.filter(text => text.includes('Max-Age=0')).length, 3)
})

test('While auth is away the page is shown as to a visitor, and the session is kept.', async () => {
  const refresh = async () => {
    throw new AppError('unavailable')
  }
  const { status, set } = await visit({ refresh }, { cookie: 'azora_refresh=old' })
  assert.equal(status, 200)
  assert.deepEqual(set, [])
})

test('Nothing is refreshed for a session that is still good, nor for files.', async () => {
  const refresh = async (): Promise<never> => {
    throw new Error('must not be called')
  }
  const good = { cookie: `azora_access=${await signToken()}; azora_refresh=old` }
  assert.deepEqual((await visit({ refresh }, good)).set, [])
  const file = { accept: '*/*', cookie: 'azora_refresh=old' }
  assert.deepEqual((await visit({ refresh }, file, '/icon.png')).set, [])
  assert.deepEqual((await visit({ refresh }, { cookie: 'azora_refresh=old' }, '/_next/static/a.js')).set, [])
})

test('The content of a page that is fetched on following a link is refreshed like the page.', async () => {
  const tokens = await sessionTokens()
  const headers = { accept: '*/*', rsc: '1', cookie: 'azora_refresh=old' }
  assert.equal((await visit({ refresh: async () => ({ tokens }) }, headers)).set.length, 3)
})

test('A portal elsewhere is asked over HTTP, and its cookies join ours.', async () => {
  const tokens = await sessionTokens()
  const portal = await listen((req, res) => {
    res.setHeader('Set-Cookie', 'lang=zu')
    echo(req, res)
  })
  try {
    const refresh = async () => ({ tokens })
    const { set, seen } = await visit(
      { portal: [portal.url], refresh },
      { cookie: 'azora_refresh=old' },
      '/a?b=c',
    )
    assert.equal(seen.url, '/a?b=c')
    assert.deepEqual(
      set.map(text => text.split('=')[0]),
      ['azora_access', 'azora_refresh', 'azora_csrf', 'lang'],
    )
  } finally {
    await portal.close()
  }
})

test('Replacing the session leaves the other cookies as they are.', () => {
  assert.equal(
    replaceSession('a=1; azora_access=x;azora_csrf=y; b=2', { azora_access: 'z' }),
    'a=1; b=2; azora_access=z',
  )
  assert.equal(replaceSession('', {}), '')
})
