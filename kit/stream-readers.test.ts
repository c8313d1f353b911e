import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { createORPCClient, getEventMeta } from '@orpc/client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { AppError } from './errors.ts'
import { untilAnswered } from './remote-streams.ts'
import { refusingAlike } from './sisters.ts'
import {
  type NoteClient,
  type Notes,
  noteContract,
  numbered,
  quiet,
  reader,
  serveNotes,
} from './stream-fixture.ts'
import { testContext } from './testing.ts'

/** A stream as another service reads it: the same in this process and over the network. */

let notes: Notes
beforeEach(async () => {
  notes = await serveNotes()
})
afterEach(() => notes.stop())

const overNetwork = (): NoteClient['notes'] =>
  refusingAlike('notes', {
    followNotes: (
      createORPCClient(
        new OpenAPILink(noteContract, {
          url: notes.url,
          headers: { authorization: 'Bearer learner' },
          fetch: (request, init) => untilAnswered(new Request(request, init), 10_000),
        }),
      ) as NoteClient
    ).notes.followNotes,
  }) as never

const inProcess = () => ({
  followNotes: (input: { topic: string }, options?: { signal?: AbortSignal; lastEventId?: string }) =>
    notes.host.invoke('followNotes', input, testContext(reader), options) as ReturnType<
      NoteClient['notes']['followNotes']
    >,
})

for (const [where, client] of [
  ['in this process', inProcess],
  ['over the network', overNetwork],
] as const) {
  describe(`A reader ${where}`, () => {
    test('iterates over the events, finds the id of each, and can resume after one.', async () => {
      notes.serve(numbered(3))
      const seen: unknown[] = []
      for await (const event of await client().followNotes({ topic: 'rain' }, { lastEventId: '1' }))
        seen.push([event, getEventMeta(event)?.id])
      assert.deepEqual(seen, [
        [{ number: 2 }, '2'],
        [{ number: 3 }, '3'],
      ])
    })

    test('is refused as by any call, before the first event and after it.', async () => {
      notes.serve(async () => {
        throw new AppError('not_enrolled')
      })
      await assert.rejects(async () => client().followNotes({ topic: 'rain' }), {
        code: 'not_enrolled',
        name: 'AppError',
      })
      notes.serve(async () =>
        (async function* () {
          yield { data: { number: 1 } }
          throw new AppError('conflict', { detail: 'why' })
        })(),
      )
      const reading = await client().followNotes({ topic: 'rain' })
      assert.deepEqual((await reading.next()).value, { number: 1 })
      await assert.rejects(reading.next(), { code: 'conflict', name: 'AppError', message: /./ })
    })

    test('ends the handler by leaving the loop, also before the first event, and by its own signal.', async () => {
      const one = quiet({ number: 1 })
      notes.serve(one.follow)
      for await (const _ of await client().followNotes({ topic: 'rain' })) break
      await one.ended
      const two = Promise.withResolvers<void>()
      notes.serve(async context => {
        context.signal.addEventListener('abort', () => two.resolve())
        return quiet({ number: 1 }).follow(context)
      })
      const reading = await client().followNotes({ topic: 'rain' })
      await reading.return?.()
      await two.promise
      const three = quiet({ number: 1 })
      notes.serve(three.follow)
      const leaving = new AbortController()
      const watching = await client().followNotes({ topic: 'rain' }, { signal: leaving.signal })
      await watching.next()
      const waiting = watching.next()
      leaving.abort()
      await assert.rejects(waiting, { name: 'AbortError' })
      await three.ended
      assert.equal(notes.connections.count(), 0)
    })

    test('whose session is revoked is told so in the middle.', async () => {
      notes.serve(quiet({ number: 1 }).follow)
      const reading = await client().followNotes({ topic: 'rain' })
      await reading.next()
      const waiting = reading.next()
      notes.revoke()
      await assert.rejects(waiting, { code: 'unauthenticated', name: 'AppError' })
    })
  })
}

test('A reader whose signal was given while the stream was opened keeps none open.', async () => {
  const leaving = new AbortController()
  notes.serve(context => {
    leaving.abort()
    return quiet({ number: 1 }).follow(context)
  })
  const reading = await inProcess().followNotes({ topic: 'rain' }, { signal: leaving.signal })
  assert.equal(notes.connections.count(), 0)
  await assert.rejects(reading.next(), { name: 'AbortError' })
})

test('A stream that is cut off on its way is unavailable to its reader, and never taken for whole.', async () => {
  const cut = createServer((_, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.end('event: message\ndata: {"number":1}\n\n')
  }).listen(0, '127.0.0.1')
  await once(cut, 'listening')
  const address = `http://127.0.0.1:${(cut.address() as AddressInfo).port}`
  const link = new OpenAPILink(noteContract, { url: address, fetch: request => untilAnswered(request, 1000) })
  const client = refusingAlike('notes', (createORPCClient(link) as NoteClient).notes)
  const reading = await client.followNotes({ topic: 'rain' })
  await reading.next()
  await assert.rejects(reading.next(), { code: 'unavailable' })
  cut.close()
})
