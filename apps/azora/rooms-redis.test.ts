import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { createLog } from '@azora/kit/log.ts'
import {
  classRoom,
  connect,
  enter,
  next,
  ownRoom,
  say,
  somebody,
  startRooms,
  type TestSocket,
} from '@azora/kit/realtime-fixture.ts'
import { connectRedis } from '@azora/kit/redis.ts'
import { tell } from '@azora/kit/tell.ts'
import type { Redis } from 'ioredis'
import { startRedis } from './embedded/redis.ts'
import { allAre } from './redis-testing.ts'

/** Rooms of several processes on a real Redis: two in this one, and a third that is killed. */

const log = createLog({ level: 'error', file: null, console: false })('test')
const classId = '019f0000-0000-7000-8000-0000000000c1'
const [ada, ben, eva] = [somebody(), somebody(), somebody()]
const people = [ada, ben, eva]
const open: TestSocket[] = []
let server: Awaited<ReturnType<typeof startRedis>>
let redis: Redis[]
let one: Awaited<ReturnType<typeof startRooms>>
let two: typeof one
let third: { process: ChildProcess; url: string; service: string } | null = null

/** The same rooms in a process of their own. */
async function startThird() {
  const module = fileURLToPath(new URL('../../kit/realtime-process.ts', import.meta.url))
  const child = fork(module, [server.url, 'school', classId, JSON.stringify([eva])])
  const [url] = (await once(child, 'message')) as [string]
  return { process: child, url, service: 'school' }
}

before(async () => {
  server = await startRedis({ folder: null, log })
  redis = [connectRedis(server.url, log), connectRedis(server.url, log)]
  await allAre(redis, 'ready')
  one = await startRooms({ service: 'school', people, classes: [classId], redis: redis[0] ?? null })
  two = await startRooms({ service: 'school-again', people, classes: [classId], redis: redis[1] ?? null })
})
after(async () => {
  for (const socket of open) socket.disconnect()
  third?.process.kill('SIGKILL')
  await one?.close()
  await two?.close()
  for (const each of redis ?? []) each.disconnect()
  await server?.stop()
})

function join(person: { token: string }, to: { url: string; service: string }): TestSocket {
  const socket = connect(to, person.token)
  open.push(socket)
  return socket
}

test('What one process tells reaches the sockets of another, and only those of its person.', async () => {
  const [mine, theirs] = [join(ada, two), join(ben, two)]
  assert.deepEqual(await enter(mine, ownRoom, {}), { missed: [] })
  await enter(theirs, ownRoom, {})
  const heard: unknown[] = []
  theirs.on('told', item => heard.push(item.payload))
  const told = next(mine, 'told')
  tell({ service: 'school' }, ownRoom, ada, 'thing.changed', { count: 1 })
  assert.deepEqual((await told).payload, { count: 1 })
  const own = next(theirs, 'told')
  tell({ service: 'school' }, ownRoom, ben, 'thing.changed', { count: 2 })
  await own
  assert.deepEqual(heard, [{ count: 2 }])
})

test('What is said in one process is heard in another.', async () => {
  const [mine, theirs] = [join(ada, one), join(ben, two)]
  await enter(mine, classRoom, { classId })
  await enter(theirs, classRoom, { classId })
  const told = next(theirs, 'told')
  assert.deepEqual(await say(mine, classRoom, { classId }, 'say', { text: 'Hello' }), { length: 5 })
  assert.deepEqual((await told).payload, { text: 'Hello' })
})

test('Who comes back to another process is told what they missed.', { timeout: 60_000 }, async () => {
  const first = join(ada, one)
  await enter(first, ownRoom, {})
  const told = next(first, 'told')
  tell({ service: 'school-again' }, ownRoom, ada, 'thing.changed', { count: 10 })
  const { id } = await told
  first.disconnect()
  tell({ service: 'school-again' }, ownRoom, ada, 'thing.changed', { count: 11 })
  const second = join(ada, two)
  // A little of what came before is told again, for the client to pass over; what was missed is last.
  let missed: { payload: unknown }[] = []
  while (!isDeepStrictEqual(missed.at(-1)?.payload, { count: 11 })) {
    await pause(20)
    const entered = await enter(second, ownRoom, {}, id)
    assert.equal(typeof entered, 'object', `It was refused: ${entered}`)
    missed = (entered as { missed: typeof missed }).missed
  }
  assert.deepEqual(await enter(second, ownRoom, {}, '1000-0'), { missed: null })
})

test('The people of a process that was killed are gone within seconds.', { timeout: 90_000 }, async () => {
  third = await startThird()
  const mine = join(ada, one)
  const seen: string[][] = []
  mine.on('present', state => seen.push(state.people))
  await enter(mine, classRoom, { classId })
  const lost = join(eva, third)
  await enter(lost, classRoom, { classId })
  while (!seen.at(-1)?.includes(eva.userId)) await next(mine, 'present')
  const began = Date.now()
  third.process.kill('SIGKILL')
  while (seen.at(-1)?.includes(eva.userId)) await next(mine, 'present')
  assert.ok(seen.at(-1)?.includes(ada.userId))
  assert.ok(Date.now() - began < 40_000, `after ${Date.now() - began} ms`)
})

test('While Redis is away the sockets of a process go on, and afterwards all of them again.', {
  timeout: 60_000,
}, async () => {
  const [mine, theirs] = [join(ada, one), join(ben, two)]
  await enter(mine, ownRoom, {})
  await enter(theirs, ownRoom, {})
  const gone = allAre(redis, 'close')
  await server.kill()
  await gone
  const told = next(mine, 'told')
  tell({ service: 'school' }, ownRoom, ada, 'thing.changed', { count: 20 })
  const { id, payload } = await told
  assert.deepEqual([id, payload], [null, { count: 20 }])
  const back = allAre(redis, 'ready')
  await server.restart()
  await back
  const heard = next(theirs, 'told')
  const again = setInterval(
    () => tell({ service: 'school' }, ownRoom, ben, 'thing.changed', { count: 21 }),
    100,
  )
  assert.deepEqual((await heard).payload, { count: 21 })
  clearInterval(again)
})
