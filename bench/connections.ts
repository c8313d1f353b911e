import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { eventText, ownRoom, state } from './connections-wire.ts'
import { cpuBetween, cpuOf, memoryOf } from './processes.ts'

/**
 * What streams of events and the sockets of rooms cost: events per second beside a bare handler, and what each
 * connection holds while nothing happens. Each party is a process of its own (`connections-process.ts`), so that it can
 * be asked what it uses.
 */

const processFile = fileURLToPath(new URL('./connections-process.ts', import.meta.url))
const readers = 16
const loadSeconds = 3
const rounds = 3
/** As many as a process lets be opened; see `streamBounds` in apps/azora/process.ts. */
const mostStreams = 4000
const sockets = 1000
/** Longer than a quiet stream waits before it says that it is there. */
const idleSeconds = 30
const openedAtOnce = 200

type Party = { url: string; token: string; pid: number; child: ChildProcess }

async function start(kind: 'bare' | 'service' | 'gateway', ...args: string[]): Promise<Party> {
  const child = fork(processFile, [kind, ...args], { execArgv: ['--expose-gc'] })
  const [told] = (await once(child, 'message')) as [{ url: string; token: string }]
  return { ...told, pid: child.pid ?? 0, child }
}

/** Proportional memory once garbage is collected, in MiB. */
async function memoryNow({ child, pid }: Party): Promise<number> {
  const collected = once(child, 'message')
  child.send('collect')
  await collected
  return memoryOf(pid).proportionalMiB
}

const eventsPath = (importId: string) => `/api/v1/education/imports/${importId}/events`
// Of an import that does not move.
const idlePath = eventsPath('019f0000-0000-7000-8000-00000000000b')

async function open({ url, token }: Pick<Party, 'url' | 'token'>, path: string): Promise<IncomingMessage> {
  const asked = get(`${url}${path}`, { agent: false, headers: { authorization: `Bearer ${token}` } })
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  if (answer.statusCode !== 200) throw new Error(`${url}${path} was answered with ${answer.statusCode}.`)
  answer.on('error', () => {})
  return answer
}

type Rate = { perSecond: number; cpuMicroseconds: number }

/** Read from several streams at once for a while. */
async function readEvents(from: Party, pids: number[]): Promise<Rate> {
  const streams = await Promise.all(Array.from({ length: readers }, () => open(from, eventsPath(state.id))))
  let bytes = 0
  for (const stream of streams) stream.on('data', (chunk: Buffer) => (bytes += chunk.length))
  await setTimeout(1000)
  const before = pids.map(pid => cpuOf(pid))
  const began = performance.now()
  bytes = 0
  await setTimeout(loadSeconds * 1000)
  const events = bytes / Buffer.byteLength(eventText)
  const seconds = (performance.now() - began) / 1000
  const used = pids.reduce((sum, pid, at) => sum + cpuBetween(before[at] ?? new Map(), cpuOf(pid)), 0)
  for (const stream of streams) stream.destroy()
  return { perSecond: events / seconds, cpuMicroseconds: (used * 1e6) / events }
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

async function benchEvents(say: (line: string) => void, through: Party, behind: Party): Promise<void> {
  const bare = await start('bare')
  const ways: { name: string; measure(): Promise<Rate>; rates: Rate[] }[] = [
    { name: 'a bare handler of node:http', measure: () => readEvents(bare, [bare.pid]), rates: [] },
    { name: 'a service, without a gateway', measure: () => readEvents(behind, [behind.pid]), rates: [] },
    { name: 'through the gateway', measure: () => readEvents(through, [behind.pid, through.pid]), rates: [] },
  ]
  try {
    // In turn, so that what else the machine does meets all of them; the first round only warms up.
    for (let round = 0; round <= rounds; round++)
      for (const { measure, rates } of ways) rates[round] = await measure()
  } finally {
    bare.child.kill()
  }
  say(`\nEvents of ${readers} streams read at once, of ${Buffer.byteLength(eventText)} bytes each`)
  let floor: Rate | null = null
  for (const { name, rates } of ways) {
    const measured = rates.slice(1)
    const perSecond = median(measured.map(rate => rate.perSecond))
    const cpuMicroseconds = median(measured.map(rate => rate.cpuMicroseconds))
    floor ??= { perSecond, cpuMicroseconds }
    say(
      `  ${name.padEnd(30)} ${perSecond.toFixed(0).padStart(8)} a second   ${cpuMicroseconds.toFixed(2)} µs of processor time each   ratio ${(perSecond / floor.perSecond).toFixed(2)} of the throughput, ${(cpuMicroseconds / floor.cpuMicroseconds).toFixed(1)} times the processor time`,
    )
  }
}

/** Open many connections, a few at a time. */
async function openMany<T>(count: number, openOne: () => Promise<T>): Promise<T[]> {
  const opened: T[] = []
  while (opened.length < count)
    opened.push(
      ...(await Promise.all(Array.from({ length: Math.min(openedAtOnce, count - opened.length) }, openOne))),
    )
  return opened
}

/** What idle connections cost in memory, in both processes, and in processor time. */
async function weigh<T>(
  parties: { through: Party; behind: Party },
  count: number,
  openOne: () => Promise<T>,
): Promise<{ opened: T[]; behindMiB: number; throughMiB: number; cpuPercent: number }> {
  const { through, behind } = parties
  // So that everything is loaded that stays loaded.
  const first = await openMany(openedAtOnce, openOne)
  const before = [await memoryNow(behind), await memoryNow(through)] as const
  const opened = await openMany(count, openOne)
  const cpu = [behind, through].map(({ pid }) => cpuOf(pid))
  await setTimeout(idleSeconds * 1000)
  const used = [behind, through].reduce(
    (sum, { pid }, at) => sum + cpuBetween(cpu[at] ?? new Map(), cpuOf(pid)),
    0,
  )
  return {
    opened: [...first, ...opened],
    behindMiB: (await memoryNow(behind)) - before[0],
    throughMiB: (await memoryNow(through)) - before[1],
    cpuPercent: (used * 100) / idleSeconds,
  }
}

function openSocket({ url, token }: Party): Promise<WebSocket> {
  const ws = new WebSocket(
    `${url.replace('http', 'ws')}/api/v1/education/socket/?EIO=4&transport=websocket`,
    { headers: { authorization: `Bearer ${token}` }, perMessageDeflate: false },
  )
  return new Promise((resolve, reject) => {
    ws.on('error', reject)
    ws.on('close', code => reject(new Error(`A socket was closed with ${code}.`)))
    // The few words of Engine.IO 4 and Socket.IO 5 that it takes; their client would weigh more than what is measured.
    ws.on('message', data => {
      const text = String(data)
      if (text.startsWith('0{')) ws.send('40')
      else if (text === '2') ws.send('3')
      else if (text.startsWith('40{')) ws.send(`420${JSON.stringify(['enter', ownRoom.name, {}, null])}`)
      else if (text.startsWith('430[{"ok":true')) resolve(ws)
      else reject(new Error(`A room was not entered: ${text}`))
    })
  })
}

const shown = (
  what: string,
  count: number,
  { behindMiB, throughMiB, cpuPercent }: Awaited<ReturnType<typeof weigh>>,
) =>
  `  ${`${count} ${what}`.padEnd(24)} per 1000: ${((behindMiB * 1000) / count).toFixed(1)} MiB in the service, ${((throughMiB * 1000) / count).toFixed(1)} MiB in the gateway; all of them ${cpuPercent.toFixed(1)} % of a core`

/** Print what streams and sockets cost. */
export async function benchConnections(say: (line: string) => void): Promise<void> {
  for (const what of ['events', 'streams', 'sockets'] as const) {
    const behind = await start('service')
    const through = await start('gateway', behind.url)
    try {
      if (what === 'events') await benchEvents(say, through, behind)
      if (what === 'streams') {
        say('\nConnections over which nothing is told, through the gateway')
        const found = await weigh({ through, behind }, mostStreams, async () =>
          (await open(through, idlePath)).resume(),
        )
        say(shown('streams', mostStreams, found))
        for (const stream of found.opened) stream.destroy()
      }
      if (what === 'sockets') {
        const found = await weigh({ through, behind }, sockets, () => openSocket(through))
        say(shown('sockets in a room', sockets, found))
        for (const socket of found.opened) socket.terminate()
      }
    } finally {
      through.child.kill()
      behind.child.kill()
    }
  }
}
