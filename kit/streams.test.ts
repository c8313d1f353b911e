import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from './errors.ts'
import { type NoteHandler, type Notes, numbered, quiet, serveNotes } from './stream-fixture.ts'

/** A stream as it stands on the line. */

let notes: Notes
beforeEach(async () => {
  notes = await serveNotes()
})
afterEach(() => notes.stop())

async function open(headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const asked = get(`${notes.url}/notes/rain/events`, {
    headers: { authorization: 'Bearer learner', ...headers },
  })
  asked.on('error', () => {})
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.on('error', () => {})
  return answer.setEncoding('utf8')
}

async function read(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of answer) text += chunk
  return text
}

/** Read until the text matches, and no further. */
async function until(answer: IncomingMessage, pattern: RegExp): Promise<string> {
  let text = ''
  while (!pattern.test(text)) {
    const chunk = answer.read()
    if (chunk === null) await once(answer, 'readable')
    else text += chunk
  }
  return text
}

const events = (text: string, kind: string) =>
  text
    .split('\n\n')
    .filter(event => event.startsWith(`event: ${kind}`))
    .map(event => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? 'null'))

describe('A stream', () => {
  test('tells its events in order, then that it is complete, and is kept and compressed by nobody.', async () => {
    notes.serve(numbered(3))
    const answer = await open()
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(
      [answer.headers['content-type'], answer.headers['cache-control'], answer.headers['x-accel-buffering']],
      ['text/event-stream; charset=utf-8', 'no-store, no-transform', 'no'],
    )
    const text = await read(answer)
    assert.deepEqual(events(text, 'message'), [{ number: 1 }, { number: 2 }, { number: 3 }])
    assert.deepEqual(events(text, 'done'), [{ complete: true }])
    assert.equal(await notes.sumOf('azora_stream_events_total'), 3)
    assert.equal(await notes.sumOf('azora_open_streams'), 0)
    assert.equal(notes.connections.count(), 0)
  })

  test('that is resumed by Last-Event-ID tells exactly what was missed.', async () => {
    notes.serve(numbered(5))
    const text = await read(await open({ 'last-event-id': '3' }))
    assert.deepEqual(events(text, 'message'), [{ number: 4 }, { number: 5 }])
    assert.match(text, /^id: 4$/m)
  })

  test('asks who is there and what for before its handler, as any operation does.', async () => {
    notes.serve(() => assert.fail('The handler was reached.'))
    assert.equal((await open({ authorization: 'Bearer stranger' })).statusCode, 401)
    const asked = get(`${notes.url}/notes/${'x'.repeat(11)}/events`, {
      headers: { authorization: 'Bearer learner' },
    })
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    assert.equal(answer.statusCode, 400)
    assert.equal(JSON.parse(await read(answer.setEncoding('utf8'))).code, 'invalid_input')
  })

  test('that fails before its first event is an ordinary failure, from its handler and from its events.', async () => {
    const failures: NoteHandler[] = [
      async () => {
        throw new AppError('not_found')
      },
      async () => ({
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new AppError('not_found')) }),
      }),
    ]
    for (const failure of failures) {
      notes.serve(failure)
      const answer = await open()
      assert.deepEqual(
        [answer.statusCode, answer.headers['content-type']],
        [404, 'application/json; charset=utf-8'],
      )
      assert.equal(JSON.parse(await read(answer)).code, 'not_found')
    }
    assert.equal(notes.connections.count(), 0)
  })

  test('that fails later ends with the failure as an event; a bug tells nothing but its correlation id.', async () => {
    notes.serve(async () =>
      (async function* () {
        yield { data: { number: 1 } }
        throw new AppError('conflict')
      })(),
    )
    const expected = events(await read(await open()), 'error')
    assert.deepEqual([expected[0].code, expected[0].status], ['conflict', 409])
    assert.deepEqual(notes.logged, [])
    notes.serve(async () =>
      (async function* () {
        yield { data: { number: 1 } }
        yield { data: { number: 'seven' } as never }
      })(),
    )
    const text = await read(await open())
    assert.deepEqual(events(text, 'message'), [{ number: 1 }])
    const [bug] = events(text, 'error')
    assert.deepEqual([bug.code, Object.keys(bug.data)], ['internal', ['correlationId']])
    assert.equal(notes.logged.length, 1)
  })

  test('of a session that is revoked ends at once, and so does its handler.', async () => {
    const { follow, ended } = quiet({ number: 1 })
    notes.serve(follow)
    const answer = await open()
    await until(answer, /"number":1/)
    notes.revoke()
    assert.equal(events(await read(answer), 'error')[0].code, 'unauthenticated')
    await ended
  })

  test('of a process that stops ends cleanly, with a word that it may be opened again; no new one begins.', async () => {
    const { follow, ended } = quiet()
    notes.serve(follow)
    const answer = await open()
    notes.connections.endAll()
    const text = await read(answer)
    const [end] = events(text, 'error')
    assert.equal(end.code, 'unavailable')
    assert.ok([1, 2, 3].includes(end.data.retryAfterSeconds))
    assert.match(text, /^retry: [1-4]\d{3}$/m)
    assert.ok(answer.complete)
    await ended
    assert.deepEqual(notes.logged, [])
    assert.equal((await open()).statusCode, 503)
  })

  test('beyond what one person may have open is refused.', async () => {
    notes.serve(quiet().follow)
    await open()
    await open()
    const answer = await open()
    assert.equal(answer.statusCode, 429)
    assert.equal(answer.headers['retry-after'], '10')
    assert.equal(JSON.parse(await read(answer)).code, 'too_many_connections')
    notes.connections.endAll()
  })

  test('whose reader leaves ends its handler, and leaves nothing open.', async () => {
    const { follow, ended } = quiet({ number: 1 })
    notes.serve(follow)
    const answer = await open()
    await until(answer, /"number":1/)
    answer.destroy()
    await ended
    assert.equal(notes.connections.count(), 0)
  })

  test('that is read slowly waits for its reader: the handler is not asked for more than the line takes.', async () => {
    const text = 'x'.repeat(64 * 1024)
    let made = 0
    notes.serve(async () =>
      (async function* () {
        for (let number = 1; number <= 1000; number++) {
          made = number
          yield { data: { number, text } }
        }
      })(),
    )
    const answer = await open()
    // Nobody reads: the buffers of the two sockets fill, some megabytes, and then nothing is made any more.
    let before = -1
    while (before !== made) {
      before = made
      await pause(100)
    }
    assert.ok(made < 300, `${made} events of 64 KiB were made for a reader who took none`)
    assert.equal(events(await read(answer), 'message').length, 1000)
  })

  test('asked for by HEAD has the head alone.', async () => {
    const { follow, ended } = quiet({ number: 1 })
    notes.serve(follow)
    const answer = await fetch(`${notes.url}/notes/rain/events`, {
      method: 'HEAD',
      headers: { authorization: 'Bearer learner' },
    })
    assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    await ended
  })
})
