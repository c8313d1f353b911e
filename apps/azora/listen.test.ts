import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { StartupFault } from '@azora/kit/config.ts'
import { listen } from './listen.ts'

const url = (port: number, path = '/') => `http://127.0.0.1:${port}${path}`

test('Before the application is attached a request is told to come back, and the process counts as alive.', async () => {
  const listening = await listen('127.0.0.1', 0)
  try {
    const early = await fetch(url(listening.port))
    assert.deepEqual([early.status, early.headers.get('retry-after')], [503, '2'])
    assert.equal((await fetch(url(listening.port, '/health/live'))).status, 200)
    assert.equal(early.headers.get('x-content-type-options'), 'nosniff')
    assert.match(
      early.headers.get('content-security-policy') ?? '',
      /default-src 'none'; frame-ancestors 'none'/,
    )
    assert.equal(early.headers.get('strict-transport-security'), null)
  } finally {
    await listening.close(0)
  }
})

test('Where the site is reached by https, the first answers say so too, also to those who want a WebSocket.', async () => {
  const listening = await listen('127.0.0.1', 0, true)
  try {
    const asked = [{}, { Connection: 'Upgrade', Upgrade: 'websocket' }]
    for (const headers of asked) {
      const early = request(url(listening.port), { headers, agent: false })
      early.end()
      const [answer] = (await once(early, 'response')) as [IncomingMessage]
      answer.resume()
      assert.equal(answer.statusCode, 503)
      assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000; includeSubDomains')
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    }
  } finally {
    await listening.close(0)
  }
})

test('A taken port is told with another one to try.', async () => {
  const first = await listen('127.0.0.1', 0)
  try {
    await assert.rejects(listen('127.0.0.1', first.port), (failure: unknown) => {
      assert.ok(failure instanceof StartupFault)
      assert.match(
        failure.remedies.join(' '),
        new RegExp(`Port ${first.port} is used by another program.*PORT=${first.port + 1}`),
      )
      return true
    })
  } finally {
    await first.close(0)
  }
})

test('Closing lets the request under way end, takes no new one, and does not wait for idle connections.', async () => {
  const listening = await listen('127.0.0.1', 0)
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  listening.attach(async (req, res) => {
    begin()
    let text = ''
    for await (const chunk of req) text += String(chunk)
    res.end(text)
  })
  const { port } = listening
  const slow = request(url(port), { method: 'POST' })
  slow.write('first half, ')
  await begun
  const closed = listening.close(10_000)
  await assert.rejects(fetch(url(port)))
  const answered = once(slow, 'response')
  slow.end('second half')
  const [answer] = (await answered) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  assert.equal(text, 'first half, second half')
  await closed
})

test('A request that never ends is cut when the time given is over.', async () => {
  const listening = await listen('127.0.0.1', 0)
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  listening.attach(() => begin())
  const answer = fetch(url(listening.port)).then(
    () => 'answered',
    () => 'cut',
  )
  await begun
  await listening.close(50)
  assert.equal(await answer, 'cut')
})

test('A process that is about to stop says so before it does, and answers what still comes.', async () => {
  const listening = await listen('127.0.0.1', 0)
  listening.attach((_req, res) => void res.end('still here'))
  const { port } = listening
  assert.equal((await fetch(url(port, '/health/ready'))).status, 200)
  const drained = listening.drain(20)
  const ready = await fetch(url(port, '/health/ready'))
  assert.deepEqual([ready.status, ready.headers.get('connection')], [503, 'close'])
  const answer = await fetch(url(port))
  assert.deepEqual([await answer.text(), answer.headers.get('connection')], ['still here', 'close'])
  await drained
  await listening.close(1000)
})

test('A connection that was upgraded is ended in the end, and none is used by another program while stopping.', async () => {
  const listening = await listen('127.0.0.1', 0)
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  listening.attach(
    (_req, res) => void res.end(),
    (_req, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
      begin()
    },
  )
  const ask = () => {
    const asking = request(url(listening.port), { headers: { connection: 'Upgrade', upgrade: 'x' } })
    asking.end()
    return asking
  }
  const [, socket] = (await once(ask(), 'upgrade')) as [IncomingMessage, Socket]
  await begun
  const drained = listening.drain(20)
  const [refused] = (await once(ask(), 'response')) as [IncomingMessage]
  assert.equal(refused.statusCode, 503)
  await drained
  const ended = once(socket, 'close')
  await listening.close(10_000)
  await ended
})
