import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEvents, type StreamMessage } from './read-events.ts'

/** A line that a test writes to, and what was read from it. */
function openLine() {
  let line: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined
  let isLeft = false
  let leftNow = () => {}
  const left = new Promise<void>(resolve => {
    leftNow = resolve
  })
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: controller => {
      line = controller
    },
    cancel: () => {
      isLeft = true
      leftNow()
    },
  })
  const leaving = new AbortController()
  const seen: StreamMessage[] = []
  let heard = () => {}
  const ended = readEvents(body, leaving.signal, message => {
    seen.push(message)
    heard()
  })
  return {
    seen,
    ended,
    leave: () => leaving.abort(),
    isLeft: () => isLeft,
    left,
    write: (text: string) => line?.enqueue(new TextEncoder().encode(text)),
    close: () => line?.close(),
    fail: () => line?.error(new Error('reset')),
    next: () =>
      new Promise<void>(resolve => {
        heard = resolve
      }),
  }
}

test('each event is told when it comes, and not at the end', async () => {
  const line = openLine()
  line.write(': open\n\nevent: message\nid: a\nda')
  const first = line.next()
  line.write('ta: {"n":1}\n\n')
  await first
  assert.deepEqual(line.seen, [{ name: 'message', id: 'a', data: '{"n":1}' }])
  line.write(': \n\nevent: done\ndata: {"complete":true}\n\n')
  assert.deepEqual(await line.ended, { kind: 'complete' })
  assert.equal(line.seen.length, 2)
})

test('the last word of the API is told with its code', async () => {
  const line = openLine()
  line.write('event: error\nretry: 1000\ndata: {"code":"unauthenticated","message":"Sign in."}\n\n')
  assert.deepEqual(await line.ended, { kind: 'failed', code: 'unauthenticated', message: 'Sign in.' })
})

test('a stream without a last word was cut off, however the line ended', async () => {
  for (const end of ['close', 'fail'] as const) {
    const line = openLine()
    line.write('event: message\ndata: 1\n\n')
    await line.next()
    line[end]()
    assert.deepEqual(await line.ended, { kind: 'cut' }, end)
    assert.equal(line.seen.length, 1)
  }
})

test('a stream that falls silent was cut off', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const line = openLine()
  t.mock.timers.tick(44_000)
  const heard = line.next()
  line.write('event: message\ndata: 1\n\n')
  await heard
  t.mock.timers.tick(44_000)
  assert.equal(line.isLeft(), false)
  t.mock.timers.tick(2000)
  assert.deepEqual(await line.ended, { kind: 'cut' })
})

test('who stops leaves the line at once, although nothing comes over it', async () => {
  const line = openLine()
  line.write(': open\n\n')
  line.leave()
  assert.deepEqual(await line.ended, { kind: 'stopped' })
  await line.left
})
