import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { ids, listen, signToken, startGateway } from './testing.ts'

/** Ask a gateway whose education service is the given handler in another process. */
async function throughGateway(
  handler: (req: IncomingMessage, res: ServerResponse) => void,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const service = await listen(handler)
  const gateway = await startGateway({ services: new Map([['education', [service.url]]]) })
  try {
    await work(`${gateway.url}/api/v1/education`)
  } finally {
    await gateway.close()
    await service.close()
  }
}

test('A service elsewhere gets the whole path, who asked, and the body as it comes.', async () => {
  await throughGateway(
    (req, res) => {
      const chunks: Buffer[] = []
      req.on('data', chunk => chunks.push(chunk))
      req.on('end', () => {
        res.statusCode = 202
        res.setHeader('Content-Type', 'application/json')
        const { 'x-forwarded-for': from, authorization } = req.headers
        res.end(JSON.stringify({ url: req.url, from, authorization, size: Buffer.concat(chunks).length }))
      })
    },
    async url => {
      const token = await signToken({ roles: ['instructor'] })
      const answer = await fetch(`${url}/imports?name=course`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.9' },
        body: Buffer.alloc(300_000),
      })
      assert.equal(answer.status, 202)
      assert.deepEqual(await answer.json(), {
        url: '/api/v1/education/imports?name=course',
        from: '127.0.0.1',
        authorization: `Bearer ${token}`,
        size: 300_000,
      })
    },
  )
})

test('A part of a file comes through with its status and headers.', async () => {
  await throughGateway(
    (req, res) => {
      assert.equal(req.headers.range, 'bytes=0-3')
      res.writeHead(206, { 'content-range': 'bytes 0-3/10', 'content-type': 'video/mp4' })
      res.end('film')
    },
    async url => {
      const answer = await fetch(`${url}/files/${ids.user}/a.mp4`, { headers: { range: 'bytes=0-3' } })
      assert.equal(answer.status, 206)
      assert.equal(answer.headers.get('content-range'), 'bytes 0-3/10')
      assert.equal(await answer.text(), 'film')
    },
  )
})

test('A service that cannot be reached, or whose proxy says so, is unavailable in our words.', async () => {
  const gone = await listen(() => {})
  await gone.close()
  const gateway = await startGateway({ services: new Map([['education', [gone.url]]]) })
  const answer = await fetch(`${gateway.url}/api/v1/education/courses`)
  await gateway.close()
  assert.equal(answer.status, 503)
  assert.equal(((await answer.json()) as { code: string }).code, 'unavailable')
  await throughGateway(
    (_req, res) => {
      res.writeHead(502, { 'content-type': 'text/html' })
      res.end('<h1>Bad gateway</h1>')
    },
    async url => {
      const proxied = await fetch(`${url}/courses`)
      assert.equal(proxied.status, 503)
      assert.equal(((await proxied.json()) as { code: string }).code, 'unavailable')
    },
  )
})

test("A service's own failure passes as it is.", async () => {
  await throughGateway(
    (_req, res) => {
      res.writeHead(503, { 'content-type': 'application/json' })
      res.end('{"code":"unavailable","status":503,"message":"The database is away."}')
    },
    async url => {
      const answer = await fetch(`${url}/courses`)
      assert.equal(((await answer.json()) as { message: string }).message, 'The database is away.')
    },
  )
})

test('A connection that breaks in the middle of an answer breaks for the caller too.', async () => {
  await throughGateway(
    (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      res.write('{"half":')
      setImmediate(() => res.destroy())
    },
    async url => {
      await assert.rejects(fetch(`${url}/courses`).then(answer => answer.text()))
    },
  )
})

test('A kept connection that the service closes as it is used again is tried once more for a reading request.', async () => {
  let asked = 0
  await throughGateway(
    (req, res) => {
      asked += 1
      if (asked === 2) req.socket.resetAndDestroy()
      else res.end('{}')
    },
    async url => {
      assert.equal((await fetch(`${url}/courses`)).status, 200)
      assert.equal((await fetch(`${url}/courses`)).status, 200)
      assert.equal(asked, 3)
    },
  )
})
