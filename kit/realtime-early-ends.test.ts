import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import type { Writable } from 'node:stream'
import { test } from 'node:test'
import { connect, revocable, somebody, startRooms, until } from './realtime-fixture.ts'

/** Ends that come while a connection is still being opened. */

const ada = somebody()
const headers = { authorization: `Bearer ${ada.token}` }
const upgrading = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
}

for (const [transport, event, more] of [
  ['polling', 'request', {}],
  ['websocket', 'upgrade', upgrading],
] as const) {
  test(`Whose line drops by ${transport} while their token is checked keeps no place.`, async t => {
    const checking = Promise.withResolvers<void>()
    const rooms = await startRooms({
      people: [ada],
      settings: { connections: { perPerson: 1, inAll: 10 } },
      checking: checking.promise,
    })
    t.after(() => rooms.close())
    const came = once(rooms.server, event)
    const leaving = request(`${rooms.url}/api/v1/school/socket/?EIO=4&transport=${transport}`, {
      headers: { ...headers, ...more },
    })
    leaving.on('error', () => {}).end()
    const [, gone] = (await came) as [unknown, Writable]
    gone.destroy()
    await once(gone, 'close')
    checking.resolve()
    const socket = connect(rooms, ada.token)
    t.after(() => socket.disconnect())
    await until(socket, 'connect')
  })
}

test('A session that is revoked while its connection is opened has none.', { timeout: 10_000 }, async () => {
  const revocations = revocable()
  const rooms = await startRooms({
    people: [ada],
    revocations: {
      ...revocations,
      onNews(listener) {
        // When the place is held, and the engine, which is only being loaded, has no connection yet.
        queueMicrotask(() => revocations.revoke(ada.sessionId))
        return revocations.onNews(listener)
      },
    },
  })
  const address = `${rooms.url.replace('http', 'ws')}/api/v1/school/socket/?EIO=4&transport=websocket`
  // Node's own takes headers, of which the types, those of browsers, know nothing.
  await once(new WebSocket(address, { headers } as never), 'close')
  assert.equal((await rooms.metrics.roomSockets.get()).values[0]?.value, 0)
  await rooms.close()
})
