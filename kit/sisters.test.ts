import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { takeTurns } from './addresses.ts'
import { askInTurn } from './sisters.ts'

const stops: (() => void)[] = []
after(() => {
  for (const stop of stops) stop()
})

/** A process of a sister: where it listens, and what it was asked. */
async function listening(listener: RequestListener) {
  const asked: string[] = []
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    asked.push(`${req.method} ${req.url} ${body}`.trim())
    listener(req, res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  stops.push(stop)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop }
}

const answering = () => listening((_, res) => res.end('well'))
const cutting = () => listening(req => req.socket.destroy())
const silent = () => listening(() => {})
const away = () => listening((_, res) => res.writeHead(503).end('away'))
async function gone() {
  const { url, stop } = await answering()
  stop()
  return { url, asked: [] as string[] }
}

const read = () => new Request('http://sister.invalid/notes?page=2')
const write = () => new Request('http://sister.invalid/notes?page=2', { method: 'POST', body: 'a note' })

async function ask(request: Request, sisters: { url: string }[], timeoutMs = 20_000) {
  const failed: string[] = []
  const addresses = {
    inTurn: () => sisters.map(({ url }) => url),
    failed: (url: string) => void failed.push(url),
  }
  const answer = askInTurn(addresses, request, { path: '/notes?page=2', timeoutMs })
  const text = await answer.then(async found => `${found.status} ${await found.text()}`).catch(() => 'failed')
  return { text, failed }
}

for (const [what, first] of Object.entries({ gone, cutting, away })) {
  test(`A read goes to the next address when the first is ${what}, which comes last from then on.`, async () => {
    const sisters = [await first(), await answering()] as const
    const { text, failed } = await ask(read(), [...sisters])
    assert.equal(text, '200 well')
    assert.deepEqual(sisters[1].asked, ['GET /notes?page=2'])
    assert.deepEqual(failed, [sisters[0].url])
  })
}

test('A read that the first address leaves without an answer goes to the next in the same time.', async () => {
  const sisters = [await silent(), await answering()] as const
  assert.equal((await ask(read(), [...sisters], 6000)).text, '200 well')
  assert.equal(sisters[0].asked.length, 1)
})

test('A write goes to the next address, whole, only where it cannot have arrived.', async () => {
  const there = await answering()
  assert.equal((await ask(write(), [await gone(), there])).text, '200 well')
  assert.deepEqual(there.asked, ['POST /notes?page=2 a note'])
})

test('A write that may have happened is not sent again.', async () => {
  const there = await answering()
  assert.equal((await ask(write(), [await cutting(), there])).text, 'failed')
  assert.equal((await ask(write(), [await away(), there])).text, '503 away')
  assert.equal((await ask(write(), [await silent(), there], 200)).text, 'failed')
  assert.deepEqual(there.asked, [])
})

test('Where no address answers, the last failure is told, after three attempts at most.', async () => {
  const sisters = await Promise.all([away(), away(), away(), answering()])
  assert.equal((await ask(read(), sisters)).text, '503 away')
  assert.deepEqual(
    sisters.map(({ asked }) => asked.length),
    [1, 1, 1, 0],
  )
  await assert.rejects(askInTurn(takeTurns([]), read(), { path: '/', timeoutMs: 100 }), {
    code: 'unavailable',
  })
})

test('Who gives up asks no other address, and holds nothing against the first.', async () => {
  const [first, second] = [await silent(), await answering()]
  const giving = new AbortController()
  const asked = ask(new Request(read(), { signal: giving.signal }), [first, second])
  while (first.asked.length === 0) await new Promise(resolve => setImmediate(resolve))
  giving.abort()
  assert.deepEqual(await asked, { text: 'failed', failed: [] })
  assert.deepEqual(second.asked, [])
})
