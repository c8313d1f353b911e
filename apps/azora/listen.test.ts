import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
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
        new RegExp(`Port ${first.port} is taken.*PORT=${first.port + 1}`),
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
