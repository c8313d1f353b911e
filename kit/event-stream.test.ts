import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Request, Response } from 'express'
import { AppError, stoppingFailure } from './errors.ts'
import { failureEvent, sendEvents } from './event-stream.ts'
import type { Logger } from './log.ts'
import type { OpenStream } from './streams.ts'

/** The writing itself, with times short enough to see. */

const settings = { heartbeatMs: 20, beginMs: 10, stallMs: 200 }
const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }
let stream: OpenStream
let closed = 0
let response: Response
/** Before the answer is begun. */
let opening = async () => {}
const server = createServer(async (req, res) => {
  response = res as Response
  await opening()
  void sendEvents(req as Request, response, stream, log, settings)
})

before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(() => {
  server.closeAllConnections()
  server.close()
})

async function open(): Promise<IncomingMessage> {
  const asked = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return answer.on('error', () => {})
}

function silent(): OpenStream {
  let end = () => {}
  const ended = new Promise<{ done: true }>(resolve => {
    end = () => resolve({ done: true })
  })
  return {
    next: () => ended,
    close() {
      closed++
      end()
    },
  }
}

test('A quiet stream says now and then that it is there, and stops with its reader.', async () => {
  stream = silent()
  const answer = await open()
  let text = ''
  for await (const chunk of answer) {
    text += chunk
    if (/^: open\n\n(?:: \n\n){3}/.test(text)) break
  }
  if (!response.closed) await once(response, 'close')
  assert.ok(closed > 0)
})

test('A reader that takes nothing for too long has left: nothing is kept for it.', async () => {
  const data = 'x'.repeat(256 * 1024)
  stream = { ...silent(), next: async () => ({ done: false, id: undefined, data }) }
  const answer = await open()
  answer.pause()
  await once(response, 'close')
  assert.equal(response.writableFinished, false)
  // Beyond what the sockets of the two sides hold there is one event.
  assert.ok(response.writableLength < 2 * data.length, `${response.writableLength} bytes are kept`)
})

test('Who leaves while a stream is opened keeps it open no longer.', async () => {
  const arrived = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  opening = async () => {
    arrived.resolve()
    await once(response, 'close')
    setImmediate(opened.resolve)
  }
  stream = { ...silent(), next: () => assert.fail('It is read.') }
  const before = closed
  const asked = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).on('error', () => {})
  await arrived.promise
  asked.destroy()
  await opened.promise
  assert.equal(closed, before + 1)
  opening = async () => {}
})

test('Browsers whose streams end together come back spread over three seconds.', () => {
  const waits = Array.from({ length: 100 }, () =>
    Number(/^retry: (\d+)$/m.exec(failureEvent(stoppingFailure()))?.[1]),
  )
  assert.ok(
    waits.every(ms => ms >= 1000 && ms <= 4000),
    String(waits),
  )
  assert.ok(Math.max(...waits) - Math.min(...waits) > 1000, String(waits))
  assert.ok(new Set(waits).size > 50, String(waits))
  assert.match(failureEvent(new AppError('unavailable', { retryAfterSeconds: 10 })), /^retry: 10\d{3}$/m)
})
