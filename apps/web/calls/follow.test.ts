import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Open } from './caller.ts'
import { ApiError, ConnectionLost } from './failures.ts'
import { follow } from './follow.ts'

const id = '019f0000-0000-7000-8000-00000000000a'
const operation = 'education.watchImport'
const message = (name: string, progressPercent: number) =>
  `event: message\nid: ${name}\ndata: ${JSON.stringify({ progressPercent })}\n\n`
const complete = 'event: done\ndata: {"complete":true}\n\n'
const failed = (code: string, status: number) =>
  `event: error\ndata: ${JSON.stringify({ code, status, message: 'No.' })}\n\n`
const events = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } })

/** Follow an import whose stream is answered so, one time after the other. */
async function followed(answers: (Response | Error)[], signal = new AbortController().signal) {
  const asked: (string | undefined)[] = []
  const seen: number[] = []
  const open: Open<typeof operation> = async (_name, _input, { lastEventId }) => {
    asked.push(lastEventId)
    const answer = answers.shift() ?? assert.fail('It was opened once too often.')
    if (answer instanceof Error) throw answer
    return answer
  }
  const ended = follow(
    open,
    operation,
    { importId: id },
    { signal, onEvent: event => seen.push(event.progressPercent) },
  )
  return { asked, seen, ended }
}

test('events are told one by one until the stream is complete', async () => {
  const { seen, ended } = await followed([
    events(`: open\n\n${message('a', 5)}: \n\n${message('b', 9)}${complete}`),
  ])
  await ended
  assert.deepEqual(seen, [5, 9])
})

test('a stream that breaks off, or has to end, is opened again after its last event', async () => {
  const { seen, asked, ended } = await followed([
    events(message('a', 5)),
    events(failed('unauthenticated', 401)),
    events(message('b', 9) + complete),
  ])
  await ended
  assert.deepEqual(
    [seen, asked],
    [
      [5, 9],
      [undefined, 'a', 'a'],
    ],
  )
})

test('a refusal, and an answer that is no stream, are for the caller, who asks in another way then', async () => {
  const refusal = new ApiError({ code: 'too_many_connections', status: 429, message: 'No.' })
  await assert.rejects((await followed([refusal])).ended, refusal)
  const page = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
  await assert.rejects((await followed([page(), page(), page()])).ended, ConnectionLost)
})

test('a stream without ids that breaks off each time after its first event is given up', async () => {
  const broken = () => events(`event: message\ndata: ${JSON.stringify({ progressPercent: 5 })}\n\n`)
  const { seen, ended } = await followed([broken(), broken(), broken()])
  await assert.rejects(ended, ConnectionLost)
  assert.deepEqual(seen, [5, 5, 5])
})

test('who leaves while nothing happens leaves at once', async () => {
  const leaving = new AbortController()
  const silent = new ReadableStream({
    start: controller => controller.enqueue(new TextEncoder().encode(': open\n\n')),
  })
  const answer = new Response(silent, { headers: { 'content-type': 'text/event-stream' } })
  const { ended } = await followed([answer], leaving.signal)
  leaving.abort()
  await assert.rejects(ended, { name: 'AbortError' })
})
