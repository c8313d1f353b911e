import assert from 'node:assert/strict'
import { type RequestListener, request } from 'node:http'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import { setCaching } from '@azora/kit/answer-headers.ts'
import express from 'express'
import { inProcess, listen, signToken, startGateway } from './testing.ts'

const meta: OperationMeta = {
  access: 'public',
  rateClass: 'general',
  cache: { scope: 'public', maxAgeSeconds: 60 },
}

/** A catalogue that counts how often it is asked, and answers as a hosted operation does. */
function catalogue(change: (res: express.Response, asked: number) => void = () => {}) {
  const state = { asked: 0 }
  const router = express.Router()
  router.get('/education/courses', (req, res) => {
    state.asked += 1
    setCaching(res, meta, 'get', req.headers.authorization !== undefined)
    res.setHeader('Content-Type', 'application/json; charset=utf-8')
    res.setHeader('ETag', '"tag"')
    change(res, state.asked)
    setImmediate(() => res.end(JSON.stringify({ asked: state.asked, text: 'long '.repeat(400) })))
  })
  return { state, router }
}

async function withCatalogue(
  work: (
    ask: (options?: RequestInit & { path?: string }) => Promise<Response>,
    state: { asked: number },
  ) => Promise<void>,
  change?: Parameters<typeof catalogue>[0],
) {
  const { state, router } = catalogue(change)
  const gateway = await startGateway({
    services: new Map([['education', inProcess(router)]]),
    config: { rateLimits: false } as never,
  })
  try {
    await work(
      ({ path = '/api/v1/education/courses', ...init } = {}) => fetch(`${gateway.url}${path}`, init),
      state,
    )
  } finally {
    await gateway.close()
  }
}

const body = async (answer: Response) => ((await answer.json()) as { asked: number }).asked

test('A public answer is asked for once and kept for as long as its contract says, with its age.', async () => {
  await withCatalogue(async (ask, state) => {
    const first = await ask()
    assert.equal(first.headers.get('age'), null)
    assert.equal(await body(first), 1)
    const second = await ask()
    assert.equal(second.headers.get('age'), '0')
    assert.equal(second.headers.get('cache-control'), 'public, max-age=60')
    assert.match(second.headers.get('vary') ?? '', /Authorization, Cookie, X-Azora-School/)
    assert.notEqual(second.headers.get('x-correlation-id'), first.headers.get('x-correlation-id'))
    assert.equal(await body(second), 1)
    assert.equal(state.asked, 1)
  })
})

test('Requests at once for what is not kept yet wait for the first of them.', async () => {
  await withCatalogue(async (ask, state) => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask()))
    assert.deepEqual(new Set(await Promise.all(answers.map(body))), new Set([1]))
    assert.equal(state.asked, 1)
  })
})

test('Another query, school or version is another answer.', async () => {
  await withCatalogue(async (ask, state) => {
    await ask()
    await ask({ path: '/api/v1/education/courses?q=a' })
    await ask({ path: '/api/v2/education/courses' })
    await ask({ headers: { 'x-azora-school': 'north' } })
    assert.equal(state.asked, 4)
    await ask({ headers: { 'x-azora-school': 'north' } })
    assert.equal(state.asked, 4)
  })
})

test('Anyone who is signed in is neither answered from it nor kept in it.', async () => {
  await withCatalogue(async (ask, state) => {
    const authorization = `Bearer ${await signToken()}`
    assert.equal((await ask({ headers: { authorization } })).headers.get('cache-control'), 'no-store')
    assert.equal((await ask()).headers.get('age'), null)
    assert.equal(
      (await ask({ headers: { cookie: `azora_access=${await signToken()}` } })).headers.get('age'),
      null,
    )
    assert.equal((await ask({ headers: { authorization } })).headers.get('age'), null)
    assert.equal(state.asked, 4)
  })
})

test('An answer that fails, sets a cookie or may not be shared is not kept.', async () => {
  const changes: ((res: express.Response) => void)[] = [
    res => void res.status(500),
    res => void res.setHeader('Set-Cookie', 'a=b'),
    res => void res.setHeader('Cache-Control', 'no-store'),
    res => void res.setHeader('Content-Type', 'text/html'),
  ]
  for (const change of changes) {
    await withCatalogue(async (ask, state) => {
      await ask()
      assert.equal((await ask()).headers.get('age'), null)
      assert.equal(state.asked, 2)
    }, change)
  }
})

test('When the first one fails the others that waited for it ask for themselves.', async () => {
  await withCatalogue(
    async ask => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => ask()))
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 503])
    },
    (res, asked) => {
      if (asked === 1) res.statusCode = 503
    },
  )
})

test('Who has the answer already is told that it has not changed.', async () => {
  await withCatalogue(async (ask, state) => {
    // What was not kept yet is brought whole, so that it is there for the next one.
    assert.equal((await ask({ headers: { 'if-none-match': '"tag"' } })).status, 200)
    const unchanged = await ask({ headers: { 'if-none-match': '"other", W/"tag"' } })
    assert.equal(unchanged.status, 304)
    assert.equal(await unchanged.text(), '')
    assert.equal((await ask({ headers: { 'if-none-match': '"other"' } })).status, 200)
    const head = await ask({ method: 'HEAD' })
    assert.deepEqual([head.status, await head.text()], [200, ''])
    assert.equal(state.asked, 1)
  })
})

test('A compressed answer carries a weak tag, because its bytes are others; what is kept is plain.', async () => {
  await withCatalogue(async (ask, state) => {
    const raw = (url: string) =>
      new Promise<{ tag: unknown; text: string }>((resolve, reject) => {
        request(url, { headers: { 'accept-encoding': 'gzip' }, agent: false }, async res => {
          const chunks: Buffer[] = []
          for await (const chunk of res) chunks.push(chunk)
          resolve({ tag: res.headers.etag, text: gunzipSync(Buffer.concat(chunks)).toString() })
        })
          .on('error', reject)
          .end()
      })
    const { url } = await ask()
    const { tag, text } = await raw(url)
    assert.equal(tag, 'W/"tag"')
    assert.equal(JSON.parse(text).asked, 1)
    assert.equal(state.asked, 1)
  })
})

test('An answer of a part elsewhere is kept as well.', async () => {
  let asked = 0
  const serve: RequestListener = (req, res) => {
    if (req.url?.startsWith('/api')) asked += 1
    res.setHeader('Content-Type', 'application/json')
    res.setHeader('Cache-Control', 'public, max-age=60')
    res.end('{"far":true}')
  }
  const part = await listen(serve)
  const gateway = await startGateway({ services: new Map([['education', [part.url]]]) })
  try {
    for (let count = 0; count < 3; count++) {
      const answer = await fetch(`${gateway.url}/api/v1/education/courses`)
      assert.deepEqual(await answer.json(), { far: true })
    }
    assert.equal(asked, 1)
  } finally {
    await gateway.close()
    await part.close()
  }
})

test('A parameter that the operation does not know makes no new entry; one that it knows does.', async () => {
  await withCatalogue(async (ask, state) => {
    const base = '/api/v1/education/courses'
    for (const query of ['', '?x=1', '?x=2&y[]=3', '?limit[]=5', '?%'])
      await (await ask({ path: `${base}${query}` })).text()
    assert.equal(state.asked, 1)
    for (const query of ['?limit=5', '?limit=6', '?x=1&limit=6'])
      await (await ask({ path: `${base}${query}` })).text()
    assert.equal(state.asked, 3)
  })
})
