import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { after, afterEach, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Present, Told } from '@azora/contracts/room.ts'
import { createLog } from '@azora/kit/log.ts'
import {
  classRoom,
  connect,
  enter,
  ownRoom,
  say,
  somebody,
  type TestSocket,
} from '@azora/kit/realtime-fixture.ts'
import { startRedis } from './embedded/redis.ts'

/**
 * Two gateways before two processes of a service, each a process that can be killed, on a real Redis: anyone who is with
 * one of them is told what is said and who is there by way of the other.
 */

const log = createLog({ level: 'error', file: null, console: false })('test')
const service = 'education'
const keys = { classId: '019f0000-0000-7000-8000-0000000000c2' }
const people = Array.from({ length: 40 }, () => somebody())
type Child = { process: ChildProcess; url: string; service: string }
let redis: Awaited<ReturnType<typeof startRedis>>
let holders: Child[]
const running: ChildProcess[] = []
const open: TestSocket[] = []

async function startProcess(module: URL, ...args: string[]): Promise<Child> {
  const child = fork(fileURLToPath(module), args)
  running.push(child)
  const [url] = (await once(child, 'message')) as [string]
  return { process: child, url, service }
}

const startGateway = () =>
  startProcess(
    new URL('../../services/gateway/gateway-process.ts', import.meta.url),
    service,
    JSON.stringify(holders.map(({ url }) => url)),
    JSON.stringify(people),
  )

before(async () => {
  redis = await startRedis({ folder: null, log })
  const args = [redis.url, service, keys.classId, JSON.stringify(people)]
  const module = new URL('../../kit/realtime-process.ts', import.meta.url)
  holders = await Promise.all([1, 2].map(() => startProcess(module, ...args)))
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})
after(async () => {
  await Promise.all(
    running.map(async child => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }),
  )
  await redis?.stop()
})

/** Ask a process of the service for something; it answers with how many sockets it holds. */
async function ask({ process }: Child, wish: object): Promise<number> {
  const answer = once(process, 'message')
  process.send(wish)
  return (await answer)[0] as number
}

const sockets = () => Promise.all(holders.map(holder => ask(holder, {})))

type Person = (typeof people)[number]

/** Let a process of the service tell someone a number, in their own room. */
const tellCount = (from: Child, { userId, organizationId }: Person, count: number) =>
  ask(from, { tell: { userId, organizationId, count } })

/** Someone's socket through a gateway, with all that it hears, and waits for what is to come. */
function join(person: { token: string }, gateway: Child, transport: string) {
  const socket = connect(gateway, person.token, [transport])
  open.push(socket)
  const told: Told[] = []
  let present: string[] = []
  const waiting = new Set<() => void>()
  const look = () => {
    for (const each of waiting) each()
  }
  socket.on('told', item => {
    told.push(item)
    look()
  })
  socket.on('present', (state: Present) => {
    present = state.people
    look()
  })
  const until = <T>(what: string, found: () => T | undefined | false): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what}: not in time.`)), 30_000)
      const each = () => {
        const value = found()
        if (!value) return
        clearTimeout(timer)
        waiting.delete(each)
        resolve(value)
      }
      waiting.add(each)
      each()
    })
  const payloadOf = ({ payload }: Told) => payload as { text?: string; count?: number }
  return {
    socket,
    enter: () => enter(socket, classRoom, keys),
    /** Their own room; the numbers that were told there since something was. */
    async enterOwn(since?: string | null) {
      const entered = await enter(socket, ownRoom, {}, since)
      assert.ok(typeof entered === 'object' && entered.missed, `refused: ${JSON.stringify(entered)}`)
      return entered.missed.map(item => payloadOf(item).count)
    },
    say: (text: string) => say(socket, classRoom, keys, 'say', { text }),
    hears: (text: string) => until(`Hearing ${text}`, () => told.find(item => payloadOf(item).text === text)),
    counts: (count: number) =>
      until(`Hearing ${count}`, () => told.find(item => payloadOf(item).count === count)),
    sees: (ids: string[]) =>
      until(`Seeing ${ids.length}`, () => present.toSorted().join() === ids.toSorted().join()),
  }
}

/** Someone for each process of the service: which of them holds a session follows from its id alone. */
async function onePersonEach(gateway: Child) {
  const found = new Map<Child, Person>()
  for (const person of people) {
    if (found.size === holders.length) break
    const before = await sockets()
    const { socket, enter: come } = join(person, gateway, 'websocket')
    assert.equal(typeof (await come()), 'object')
    const after = await sockets()
    const holder = holders.find((_, at) => (after[at] ?? 0) > (before[at] ?? 0))
    if (holder && !found.has(holder)) found.set(holder, person)
    socket.disconnect()
    while ((await sockets()).some((count, at) => count > (before[at] ?? 0)))
      await new Promise(resolve => setTimeout(resolve, 10))
  }
  const [ada, ben] = holders.map(holder => found.get(holder))
  assert.ok(ada && ben, 'every session is with one process')
  return [ada, ben] as const
}

for (const transport of ['websocket', 'polling']) {
  test(`By ${transport}, messages and presence cross two gateways and two processes; who loses a gateway misses nothing at the other.`, {
    timeout: 120_000,
  }, async () => {
    const [first, second] = await Promise.all([startGateway(), startGateway()])
    const [ada, ben] = await onePersonEach(second)
    const both = [ada.userId, ben.userId]
    const [one, two] = [join(ada, first, transport), join(ben, second, transport)]
    for (const { enter } of [one, two]) assert.equal(typeof (await enter()), 'object')
    await one.enterOwn()
    assert.deepEqual(await sockets(), [1, 1])
    await Promise.all([one.sees(both), two.sees(both)])

    assert.deepEqual(await one.say('from one'), { length: 8 })
    await two.hears('from one')
    await two.say('from two')
    await one.hears('from two')
    const [, other] = holders as [Child, Child]
    await tellCount(other, ada, 1)
    const { id } = await one.counts(1)

    const lost = new Promise(resolve => one.socket.once('disconnect', resolve))
    first.process.kill('SIGKILL')
    await lost
    // Of someone who polls it shows only by the next ping, of which they are not there to tell.
    if (transport === 'websocket') await two.sees([ben.userId])
    await tellCount(other, ada, 2)

    const again = join(ada, second, transport)
    assert.equal(typeof (await again.enter()), 'object')
    await Promise.all([again.sees(both), two.sees(both)])
    // It is kept in a moment. A little of what came before is told again, for the client to pass over.
    while ((await again.enterOwn(id)).at(-1) !== 2) await new Promise(resolve => setTimeout(resolve, 20))
    await two.say('welcome back')
    await again.hears('welcome back')
    await tellCount(other, ada, 3)
    await again.counts(3)
  })
}
