import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Config } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'
import type { EmbeddedServer, StartedServer } from './embedded-server.ts'
import { postgresServer } from './postgres.ts'
import { rabbitmqServer } from './rabbitmq.ts'
import { redisServer } from './redis.ts'
import { stripeServer } from './stripe.ts'

/**
 * The servers that Azora can bring along: each is one file, and one line in the list below. Anyone who needs one asks for
 * it by name; it starts when it is first asked for, and what is never asked for costs nothing. Where a setting names a
 * server of the operator's, none of ours runs.
 */
const list = {
  postgres: postgresServer,
  redis: redisServer,
  rabbitmq: rabbitmqServer,
  stripe: stripeServer,
}

type Opening = {
  config: Config
  dataDir: string
  log: Logger
  /** For tests: how long a server may take to answer. */
  withinMs?: number
}

type List = Record<string, EmbeddedServer>

export type Servers<L extends List = typeof list> = {
  /** The server, started now if this is the first to ask; null where a setting names another. */
  use<N extends keyof L & string>(name: N): Promise<Awaited<ReturnType<L[N]['start']>> | null>
  /** The server if it runs or is about to; null otherwise, and where a setting names another. */
  running<N extends keyof L & string>(name: N): Promise<Awaited<ReturnType<L[N]['start']>>> | null
  /** Start those that have work left from an earlier run, in the background. */
  resume(): void
  /** Those that were asked for, and whether each answers. */
  health(): Promise<Record<string, boolean>>
  /** Stop all that run or are about to, the last one first. */
  stop(): Promise<void>
}

// A server that hangs holds up nobody who asks for the parts of the system.
const answersWithinMs = 2000

/** @param servers those that there are; other ones in tests. */
export function openServers<L extends List = typeof list>(
  { config, dataDir, log, withinMs = answersWithinMs }: Opening,
  servers: L = list as unknown as L,
): Servers<L> {
  const started = new Map<string, Promise<StartedServer>>()

  async function start(server: EmbeddedServer): Promise<StartedServer> {
    const running = await server.start({ dataDir, folder: join(dataDir, server.folder), config, log })
    log.info('An embedded server runs', { server: server.name, ports: running.ports })
    return running
  }

  async function use(name: string): Promise<StartedServer | null> {
    const server = servers[name]
    if (!server) throw new Error(`There is no embedded server ${name}.`)
    if (server.named(config)) return null
    let starting = started.get(name)
    if (!starting) {
      starting = start(server)
      started.set(name, starting)
      // Anyone who asks again may have made room for it meanwhile.
      starting.catch(() => started.delete(name))
    }
    return starting
  }

  return {
    use: name => use(name) as never,
    running: name => (started.get(name) ?? null) as never,
    resume() {
      for (const [name, server] of Object.entries(servers)) {
        if (!server.hasWork?.(join(dataDir, server.folder))) continue
        use(name).catch(failure =>
          log.error('An embedded server did not start', { server: server.name, failure }),
        )
      }
    },
    async health() {
      const answers = [...started].map(async ([name, starting]) => {
        const running = await starting.catch(() => null)
        const answers = running ? await within(running.answers(), withinMs) : false
        return [servers[name]?.name ?? name, answers] as const
      })
      return Object.fromEntries(await Promise.all(answers))
    },
    async stop() {
      const all = [...started.values()].reverse()
      started.clear()
      for (const starting of all) await (await starting.catch(() => null))?.stop()
    },
  }
}

async function within(answers: Promise<boolean>, ms: number): Promise<boolean> {
  const given = new AbortController()
  const late = setTimeout(ms, false, { signal: given.signal }).catch(() => false)
  const answer = await Promise.race([answers, late])
  given.abort()
  return answer
}
