import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { get } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { after, describe, test } from 'node:test'
import {
  classRoom,
  connect,
  enter,
  next,
  ownRoom,
  revocable,
  say,
  somebody,
  staffRoom,
  startRooms,
  type TestSocket,
  until,
} from './realtime-fixture.ts'
import { tell } from './tell.ts'

const classId = randomUUID()
const ada = somebody()
const ben = somebody()
const foreigner = somebody({ organizationId: randomUUID() })
const teacher = somebody({ roles: ['instructor'] })
const people = [ada, ben, foreigner, teacher]
const service = { service: 'school' }
const revocations = revocable()
const rooms = await startRooms({ people, classes: [classId], revocations })
const open: TestSocket[] = []

function join(person: { token: string }, transports?: string[], to = rooms): TestSocket {
  const socket = connect(to, person.token, transports)
  open.push(socket)
  return socket
}
after(async () => {
  for (const socket of open) socket.disconnect()
  await rooms.close()
})

for (const transport of ['websocket', 'polling']) {
  describe(`By ${transport},`, () => {
    test('a person is told what is theirs, and nobody else is.', async () => {
      const [mine, other] = [join(ada, [transport]), join(ben, [transport])]
      assert.deepEqual(await enter(mine, ownRoom, {}), { missed: [] })
      assert.deepEqual(await enter(other, ownRoom, {}), { missed: [] })
      const heard: unknown[] = []
      other.on('told', item => heard.push(item.payload))
      const told = next(mine, 'told')
      tell(service, ownRoom, ada, 'thing.changed', { count: 1 })
      const { id, ...item } = await told
      assert.match(id ?? '', /^\d+-\d+$/)
      assert.deepEqual(item, { room: 'school/own', keys: {}, event: 'thing.changed', payload: { count: 1 } })
      const theirs = next(other, 'told')
      tell(service, ownRoom, ben, 'thing.changed', { count: 2 })
      await theirs
      assert.deepEqual(heard, [{ count: 2 }])
    })

    test('what is said is answered, and reaches the others in the room.', async () => {
      const [mine, other] = [join(ada, [transport]), join(ben, [transport])]
      await enter(mine, classRoom, { classId })
      await enter(other, classRoom, { classId })
      const told = next(other, 'told')
      assert.deepEqual(await say(mine, classRoom, { classId }, 'say', { text: 'Hello' }), { length: 5 })
      assert.deepEqual((await told).payload, { text: 'Hello' })
    })

    test('a session that is revoked loses its socket at once.', async () => {
      const gone = somebody()
      people.push(gone)
      const socket = join(gone, [transport])
      await enter(socket, ownRoom, {})
      const ended = next(socket, 'ended')
      const closed = until(socket, 'disconnect')
      revocations.revoke(gone.sessionId)
      assert.equal(await ended, 'revoked')
      await closed
    })
  })
}

test('Nobody enters a room that is not theirs: by permission, by the service, by school, by name.', async () => {
  const socket = join(ada)
  assert.equal(await enter(socket, staffRoom, {}), 'forbidden')
  assert.deepEqual(await enter(join(teacher), staffRoom, {}), { missed: [] })
  assert.equal(await enter(socket, classRoom, { classId: randomUUID() }), 'not_found')
  assert.equal(await enter(socket, classRoom, { classId: 'x' }), 'invalid_input')
  assert.equal(await enter(socket, classRoom, null), 'invalid_input')
  for (const name of [
    'school/none',
    '__proto__',
    'constructor',
    `${ada.organizationId}/school/own/${ben.userId}`,
  ])
    assert.equal(await enter(socket, name, {}), 'not_found', name)
})

test('What is told in a room of one school is not heard in the same room of another.', async () => {
  const [ours, theirs] = [join(ada), join(foreigner)]
  await enter(ours, classRoom, { classId })
  await enter(theirs, classRoom, { classId })
  const heard: unknown[] = []
  theirs.on('told', item => heard.push(item.payload))
  const told = next(ours, 'told')
  tell(service, classRoom, { organizationId: ada.organizationId, classId }, 'said', { text: 'ours' })
  await told
  const own = next(theirs, 'told')
  tell(service, classRoom, { organizationId: foreigner.organizationId, classId }, 'said', { text: 'theirs' })
  await own
  assert.deepEqual(heard, [{ text: 'theirs' }])
})

test('Who is not in a room cannot speak in it, and who left hears nothing more.', async () => {
  const [socket, other] = [join(ada), join(ben)]
  assert.equal(await say(socket, classRoom, { classId }, 'say', { text: 'Hello' }), 'forbidden')
  await enter(socket, classRoom, { classId })
  await enter(other, classRoom, { classId })
  await socket.timeout(5000).emitWithAck('leave', classRoom.name, { classId })
  assert.equal(await say(socket, classRoom, { classId }, 'say', { text: 'Hello' }), 'forbidden')
  const heard: unknown[] = []
  socket.on('told', item => heard.push(item))
  await say(other, classRoom, { classId }, 'say', { text: 'Are you there?' })
  await enter(socket, ownRoom, {})
  assert.deepEqual(heard, [])
})

test('A message that is not of its shape, and a failure of the service, are answered by a code alone.', async () => {
  const socket = join(ada)
  await enter(socket, classRoom, { classId })
  assert.equal(await say(socket, classRoom, { classId }, 'say', { text: 'x'.repeat(21) }), 'invalid_input')
  assert.equal(await say(socket, classRoom, { classId }, 'shout', {}), 'not_found')
  assert.equal(await say(socket, classRoom, { classId }, 'toString', {}), 'not_found')
  assert.equal(rooms.errors.length, 0)
  assert.equal(await say(socket, classRoom, { classId }, 'say', { text: 'break' }), 'internal')
  assert.equal(rooms.errors.length, 1)
})

test('Who comes back after a short drop is told what they missed, once; after a long one, to read anew.', async () => {
  const first = join(ada)
  await enter(first, ownRoom, {})
  const told = next(first, 'told')
  tell(service, ownRoom, ada, 'thing.changed', { count: 10 })
  const { id } = await told
  first.disconnect()
  tell(service, ownRoom, ada, 'thing.changed', { count: 11 })
  tell(service, ownRoom, ada, 'thing.changed', { count: 12 })
  const again = join(ada)
  const entered = (await enter(again, ownRoom, {}, id)) as { missed: { payload: unknown }[] }
  assert.deepEqual(
    entered.missed.map(item => item.payload),
    [{ count: 11 }, { count: 12 }],
  )
  assert.deepEqual(await enter(again, ownRoom, {}, '1000-0'), { missed: null })
  assert.deepEqual(await enter(again, ownRoom, {}, 'nonsense'), { missed: [] })
})

test('Those in a room with presence see who comes and who goes, a person with two tabs once.', async () => {
  const other = randomUUID()
  const here = await startRooms({ service: 'other1', people, classes: [other] })
  const [mine, tab, theirs] = [
    join(ada, undefined, here),
    join(ada, undefined, here),
    join(ben, undefined, here),
  ]
  const seen: string[][] = []
  mine.on('present', state => seen.push(state.people))
  await enter(mine, classRoom, { classId: other })
  await enter(tab, classRoom, { classId: other })
  await enter(theirs, classRoom, { classId: other })
  const both = [ada.userId, ben.userId].sort()
  while (String(seen.at(-1)) !== String(both)) await next(mine, 'present')
  tab.disconnect()
  theirs.disconnect()
  while (String(seen.at(-1)) !== ada.userId) await next(mine, 'present')
  await here.close()
})

test('A connection that polls is its person’s alone, no matter who learns its id.', async () => {
  const socket = join(ada, ['polling'])
  await enter(socket, ownRoom, {})
  const id = socket.io.engine.id
  const address = `${rooms.url}/api/v1/school/socket/?EIO=4&transport=polling&sid=${id}`
  const stolen = await fetch(address, { headers: { authorization: `Bearer ${ben.token}` } })
  assert.equal(stolen.status, 403)
  assert.equal((await fetch(address)).status, 401)
  assert.deepEqual(await enter(socket, ownRoom, {}), { missed: [] })
})

/** The status with which a request under these ids is answered; 101 where a WebSocket is opened. */
function statusUnder(ids: string[], transport: 'polling' | 'websocket', token: string): Promise<number> {
  const named = ids.map(id => `&sid=${id}`).join('')
  const address = `${rooms.url}/api/v1/school/socket/?EIO=4&transport=${transport}${named}`
  const key = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' }
  const upgrade = transport === 'websocket' ? { connection: 'Upgrade', upgrade: 'websocket', ...key } : {}
  return new Promise((resolve, reject) => {
    const answered = (answer: { statusCode?: number; destroy(): void }) => {
      resolve(answer.statusCode ?? 0)
      answer.destroy()
    }
    get(address, { headers: { authorization: `Bearer ${token}`, ...upgrade } }, answered)
      .on('upgrade', (answer, socket) => {
        socket.destroy()
        answered(answer)
      })
      .on('error', reject)
      .setTimeout(5000, () => reject(new Error('The request was taken for one of the connection.')))
  })
}

test('Nobody reaches a connection of someone else by naming one of their own beside it.', async () => {
  const [mine, theirs] = [join(ada, ['polling']), join(ben, ['polling'])]
  await enter(mine, ownRoom, {})
  await enter(theirs, ownRoom, {})
  const [id, own] = [mine.io.engine.id, theirs.io.engine.id]
  for (const transport of ['websocket', 'polling'] as const)
    for (const ids of [
      [own, id],
      [id, own],
      ['unknown', id],
    ])
      assert.equal(await statusUnder(ids, transport, ben.token), 400, `${transport} ${ids}`)
  assert.deepEqual(await enter(mine, ownRoom, {}), { missed: [] })
})

test('Without a token that counts, or through borrowed eyes, no socket is opened.', async () => {
  const borrowed = somebody({ impersonatorId: randomUUID() })
  people.push(borrowed)
  const refusals = [borrowed, { token: 'made-up' }].map(async person => {
    const failure = await until(join(person, ['polling']), 'connect_error')
    return (failure as { description?: unknown }).description
  })
  assert.deepEqual(await Promise.all(refusals), [403, 401])
  const failure = await until(join({ token: 'made-up' }), 'connect_error')
  assert.match(String((failure as Error).message), /websocket error/)
})

test('One person holds a bounded number of sockets, and one that closes makes room.', async () => {
  const bounded = await startRooms({
    service: 'other2',
    people,
    settings: { connections: { perPerson: 2, inAll: 100 } },
  })
  const [one, two] = [join(ada, ['polling'], bounded), join(ada, ['polling'], bounded)]
  await Promise.all([until(one, 'connect'), until(two, 'connect')])
  const refused = join(ada, ['polling'], bounded)
  const failure = await until(refused, 'connect_error')
  assert.equal((failure as { description?: unknown }).description, 429)
  await Promise.all([until(join(ben, ['polling'], bounded), 'connect')])
  one.disconnect()
  for (let joined = false; !joined; ) {
    const socket = join(ada, ['polling'], bounded)
    joined = await Promise.race([
      until(socket, 'connect').then(() => true),
      until(socket, 'connect_error').then(() => false),
    ])
  }
  await bounded.close()
})

test('Who sends too much is refused for a while, and who does not stop is cut off.', async () => {
  const bounded = await startRooms({
    service: 'other3',
    people,
    classes: [classId],
    settings: { messages: { mostRooms: 2, mostMessages: 5 } },
  })
  const socket = join(ada, undefined, bounded)
  const answers = await Promise.all(Array.from({ length: 8 }, () => enter(socket, ownRoom, {})))
  assert.deepEqual(answers.slice(5), ['rate_limited', 'rate_limited', 'rate_limited'])
  const ended = next(socket, 'ended')
  for (let count = 0; count < 600; count++) socket.emit('enter', 'x', {}, null, () => {})
  assert.equal(await ended, 'rate_limited')
  await bounded.close()
})

test('One socket is in a bounded number of rooms, and a message has a bounded size.', async () => {
  const classes = [randomUUID(), randomUUID(), randomUUID()]
  const bounded = await startRooms({
    service: 'other4',
    people,
    classes,
    settings: { messages: { mostRooms: 2, mostMessages: 100 }, mostBytes: 1000 },
  })
  const socket = join(ada, undefined, bounded)
  const answers = []
  for (const one of classes) answers.push(await enter(socket, classRoom, { classId: one }))
  assert.deepEqual(answers, [{ missed: [] }, { missed: [] }, 'rate_limited'])
  const closed = until(socket, 'disconnect')
  socket.emit('enter', 'x'.repeat(1001), {}, null, () => {})
  await closed
  await bounded.close()
})

test('Nothing that a client may send ends the process or another’s connection.', async () => {
  const bystander = join(ben)
  await enter(bystander, ownRoom, {})
  const frames = [
    '',
    '0',
    '1',
    '2',
    '3',
    '4',
    '40',
    '40{"a":1}',
    '40/admin,',
    '41',
    '42',
    '42[]',
    '42["enter"]',
    '42[1]',
    '42{}',
    '42["enter",null,null,null]',
    '420["enter",{},[],{}]',
    '421["say"]',
    '4299999999999999999999["enter"]',
    '451-["enter",{"_placeholder":true,"num":0}]',
    '4599999-["x"]',
    '45-',
    '452-["enter",{"_placeholder":true,"num":-1}]',
    '43["x"]',
    '430[]',
    '44',
    '44{"message":"x"}',
    '5',
    '6',
    '7',
    'b',
    'bAAAA',
    '4\u0000',
    '42["disconnect"]',
    '42["connect"]',
    '42["error",1]',
    '42["newListener",1]',
    '42["enter","school/own",{"__proto__":1},"1-1"]',
    `42["enter","school/own",${'['.repeat(2000)}${']'.repeat(2000)},"1-1"]`,
    `420["say","school/class",{"classId":"${classId}"},"__proto__",{}]`,
  ]
  for (const frame of frames) {
    const attacker = somebody()
    people.push(attacker)
    const hostile = join(attacker)
    await until(hostile, 'connect')
    const { transport } = hostile.io.engine as unknown as {
      transport: { ws: { send(data: string | Buffer): void } }
    }
    transport.ws.send(frame)
    transport.ws.send(Buffer.from(frame))
    hostile.disconnect()
  }
  for (const query of [
    '',
    '?EIO=4',
    '?EIO=3&transport=polling',
    '?EIO=4&transport=websocket',
    '?EIO=4&transport=polling&sid=x',
    '?transport=polling&EIO=4&j=0',
  ])
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS'])
      await fetch(`${rooms.url}/api/v1/school/socket/${query}`, {
        method,
        headers: { authorization: `Bearer ${ada.token}` },
        ...(method === 'GET' || method === 'OPTIONS' ? {} : { body: '4'.repeat(5000) }),
        signal: AbortSignal.timeout(2000),
      }).then(
        answer => assert.notEqual(answer.status, 500),
        () => {},
      )
  const raw = connectTcp(rooms.port, '127.0.0.1').resume()
  raw.write(
    `GET /api/v1/school/socket/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ada.token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  )
  await once(raw, 'close')
  const told = next(bystander, 'told')
  tell(service, ownRoom, ben, 'thing.changed', { count: 99 })
  assert.deepEqual((await told).payload, { count: 99 })
})
