import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startReceiver } from '../testing.ts'
import { type CallOptions, call, readRetryAfter } from './call.ts'
import type { Resolve } from './public-address.ts'

let receiver: Awaited<ReturnType<typeof startReceiver>>
before(async () => {
  receiver = await startReceiver()
})
after(() => receiver?.close())
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer = res => void res.end('thank you')
})

const never = new AbortController().signal
const inward: CallOptions = {
  timeoutMs: 5000,
  toPrivate: true,
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
}
const post = (url = receiver.url, options: Partial<CallOptions> = {}) =>
  call(url, { 'webhook-id': 'x' }, '{"é":1}', { ...inward, ...options }, never)

test('A body is posted as it is, and the answer told.', async () => {
  receiver.answer = res => void res.writeHead(202).end('well\0come')
  const result = await post()
  assert.deepEqual(result, {
    status: 202,
    responseBody: 'well\ufffdcome',
    error: null,
    retryAfterSeconds: null,
  })
  assert.equal(receiver.received[0]?.body, '{"é":1}')
  assert.equal(receiver.received[0]?.headers['webhook-id'], 'x')
})

test('A redirect is not followed, least of all inside.', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    receiver.received.length = 0
    receiver.answer = res => void res.writeHead(status, { location: receiver.url }).end()
    const result = await post()
    assert.deepEqual([result.status, result.error], [status, 'Redirects are not followed.'])
    assert.equal(receiver.received.length, 1)
  }
})

test('Of a long answer the first 4 KB are read, also when it never ends.', async () => {
  receiver.answer = res => {
    res.writeHead(200)
    res.write('x'.repeat(10_000))
  }
  const result = await post()
  assert.deepEqual([result.status, result.responseBody?.length], [200, 4096])
})

test('An endpoint that does not answer in time is given up; one whose answer only begins in time has answered.', async () => {
  receiver.answer = () => {}
  const silent = await post(receiver.url, { timeoutMs: 50 })
  assert.deepEqual([silent.status, silent.error], [null, 'No answer came within 0.05 seconds.'])
  receiver.answer = res => {
    res.writeHead(200)
    res.write('and')
  }
  const slow = await post(receiver.url, { timeoutMs: 200 })
  assert.deepEqual([slow.status, slow.responseBody], [200, 'and'])
})

test('Without leave nothing inside is called: by number, by name, or by a name that also has a public address.', async () => {
  const { port } = new URL(receiver.url)
  const resolves = (...addresses: string[]): Resolve => {
    return async () => addresses.map(address => ({ address, family: 4 }))
  }
  const attempts: [string, Resolve][] = [
    [`https://127.0.0.1:${port}/`, inward.resolve],
    ['https://127.0.0.1/', inward.resolve],
    ['https://hooks.school.example/', resolves('127.0.0.1')],
    ['https://hooks.school.example/', resolves('1.1.1.1', '127.0.0.1')],
    ['https://hooks.school.example:8443/', resolves('169.254.169.254')],
    ['https://hooks.school.example/', resolves('10.1.2.3')],
  ]
  for (const [url, resolve] of attempts) {
    const result = await post(url, { toPrivate: false, resolve })
    assert.equal(result.status, null, url)
    assert.match(result.error ?? '', /private network|Only the ports/, url)
  }
  assert.equal(receiver.received.length, 0)
})

test('Without leave nothing is sent unencrypted.', async () => {
  const outward: Resolve = async () => {
    throw new Error('Nobody is to be asked.')
  }
  const result = await post('http://hooks.school.example/', { toPrivate: false, resolve: outward })
  assert.deepEqual([result.status, result.error], [null, 'Use https.'])
})

test('A name that turns inwards between two attempts is refused at the second.', async () => {
  const { port } = new URL(receiver.url)
  let asked = 0
  const rebinding: Resolve = async () => {
    asked += 1
    return [{ address: asked === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }]
  }
  for (let tries = 0; tries < 2; tries++) {
    const result = await post('https://hooks.school.example/', { toPrivate: false, resolve: rebinding })
    assert.equal(result.error, 'The address leads into a private network.')
  }
  assert.equal(asked, 2)
  assert.ok(port)
})

test('What goes wrong on the way is told in a sentence without inner details.', async () => {
  const closed = await startReceiver()
  closed.close()
  assert.equal((await post(closed.url)).error, 'Nothing listens at this address.')
  const nameless: Resolve = async () => {
    throw Object.assign(new Error('queryA ENOTFOUND from 10.0.0.53'), { code: 'ENOTFOUND' })
  }
  const unknown = await post('http://no.such.example/', { resolve: nameless })
  assert.equal(unknown.error, 'The name is not known.')
  receiver.answer = res => void res.socket?.end('nonsense\r\n\r\n')
  assert.match((await post()).error ?? '', /^The connection failed \(HPE_[A-Z_]+\)\.$/)
})

test('Retry-After is read as seconds or as a date, and otherwise ignored.', () => {
  const now = Date.parse('2026-11-24T08:00:00Z')
  assert.equal(readRetryAfter('120', now), 120)
  assert.equal(readRetryAfter('Tue, 24 Nov 2026 08:02:00 GMT', now), 120)
  assert.equal(readRetryAfter('Tue, 24 Nov 2020 08:02:00 GMT', now), 0)
  for (const text of [undefined, '', '-1', '1.5', 'soon', '99999999999999'])
    assert.equal(readRetryAfter(text, now), null, text)
})
