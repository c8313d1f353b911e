import type { AzoraClient } from '@azora/contracts/client.ts'
import { contract, contractV2, fileContract, type Version } from '@azora/contracts/contract.ts'
import type { EventName } from '@azora/contracts/events.ts'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import type { Router } from 'express'
import type { Blobs } from './blobs.ts'
import type { Cache } from './cache.ts'
import type { Config } from './config.ts'
import type { Database } from './db.ts'
import type { Documents } from './documents.ts'
import type { StreamContext } from './handlers.ts'
import { type Host, hostContract } from './http.ts'
import type { Identity } from './identity.ts'
import { type Reactions, startInbox } from './inbox.ts'
import type { InternalKey } from './internal-key.ts'
import type { JobRunner } from './job-runner.ts'
import { defineTask, runs, type TaskWork } from './jobs.ts'
import { type LifeCycle, startInSteps } from './life-cycle.ts'
import type { Limiter } from './limits.ts'
import type { Logger } from './log.ts'
import type { Mail } from './mail.ts'
import type { Metrics } from './metrics.ts'
import type { Notices } from './notices.ts'
import type { OpenConnections } from './open-connections.ts'
import { operationsHandlers, operationsRooms } from './operations.ts'
import { alsoAtPrefix } from './prefix.ts'
import type { Realtime } from './realtime.ts'
import { type Delivery, type Subscriber, startRelay } from './relay.ts'
import type { RequestContext } from './request-context.ts'
import { forgetOldWork } from './retention.ts'
import type { Revocations } from './revocations.ts'
import type { HostedRoom } from './room-host.ts'
import type { Sealing } from './sealing.ts'
import type { Signals } from './signals.ts'
import type { SocketDoor } from './socket.ts'
import type { StripeDoor } from './stripe.ts'

/** What a service is given to stand on. */
export type ServiceKit = {
  db: Database
  documents: Documents
  blobs: Blobs
  cache: Cache
  limiter: Limiter
  mail: Mail
  sealing: Sealing
  log: Logger
  metrics: Metrics
  identity: Identity
  revocations: Revocations
  /** Who holds the streams of this process. */
  connections: OpenConnections
  /** Tells those who wait, in any process, that something changed. */
  signals: Signals
  /** Stripe or its sandbox, opened when it is first asked for; null where a cluster has neither. */
  stripe(): Promise<StripeDoor | null>
  config: Config
  publicUrl: string
  /** A folder of this process for what must be on disk for a while. */
  scratchDir: string
  /** The other services, called on the actor's behalf: directly in one process, over HTTP in a cluster. */
  others(context: RequestContext): AzoraClient
}

export type Wiring = {
  handlers: Record<string, (input: never, context: StreamContext) => Promise<unknown>>
  fileHandlers?: Record<
    string,
    (input: never, context: RequestContext, req: never, res: never) => Promise<void>
  >
  /** Operations that the second version of the API changed. */
  handlersV2?: Record<string, (input: never, context: RequestContext) => Promise<unknown>>
  /** The rooms that are entered over its socket. */
  rooms?: readonly HostedRoom[]
  reactions?: Reactions
  /** Its background tasks, asked for or by schedule. */
  jobs?: TaskWork[]
  /** Run once before the first request. */
  prepare?(): Promise<void>
  /** Begin work of its own beside jobs and reactions; what comes back ends it, before the database closes. */
  begin?(): { stop(): Promise<void> }
}

/** A service's contents page: name, migrations, and how it is wired on a kit. */
export type ServiceDefinition = {
  name: ServiceName
  migrations: URL
  /** The events it reacts to. Known before it runs, so that they can be kept for it until it does. */
  hears: readonly EventName[]
  wire(kit: ServiceKit): Wiring
}

export type RunningService = {
  name: ServiceName
  host: Host
  /** What answers below `/api/<version>`. */
  routers: Partial<Record<Version, Router>>
  /** Where its sockets come in. */
  door: SocketDoor
  subscriber: Subscriber
  /**
   * Begin to hand on its events. Only when every service of the process runs: a relay delivers to the subscribers
   * that it finds, and marks the event as handed on.
   */
  beginRelay(): void
  /** Stop taking up work, and finish what is in flight. */
  stop(): Promise<void>
}

type Surroundings = {
  deliver: Delivery
  jobs: JobRunner
  notices: Notices
  internalKey: InternalKey
  realtime: Realtime
}

/**
 * Start a service on its kit: routes first, then its share of events. Its jobs run once the runner begins, and its
 * relay once `beginRelay` is called. Its database stays open when it stops.
 */
export const startService = (
  definition: ServiceDefinition,
  kit: ServiceKit,
  options: Surroundings,
): Promise<RunningService> =>
  startInSteps(definition.name, kit.log, life => startOn(life, definition, kit, options))

async function startOn(
  life: LifeCycle,
  definition: ServiceDefinition,
  kit: ServiceKit,
  options: Surroundings,
): Promise<RunningService> {
  const { name } = definition
  const wiring = definition.wire(kit)
  await wiring.prepare?.()
  const files = fileContract[name as keyof typeof fileContract]
  const surroundings = {
    service: name,
    identity: kit.identity,
    internalKey: options.internalKey,
    db: kit.db,
    connections: kit.connections,
    log: kit.log,
    metrics: kit.metrics,
  }
  const host = hostContract({
    ...surroundings,
    contract: contract[name],
    handlers: { ...operationsHandlers(kit.db, () => inbox.wake()), ...wiring.handlers } as never,
    ...(files ? { files: { contract: files, handlers: (wiring.fileHandlers ?? {}) as never } } : {}),
  })
  const changed = name in contractV2 ? contractV2[name as keyof typeof contractV2] : null
  const hostV2 = changed
    ? hostContract({ ...surroundings, contract: changed, handlers: (wiring.handlersV2 ?? {}) as never })
    : null
  const reactions = wiring.reactions ?? {}
  const heard = Object.keys(reactions).sort().join(' ')
  if (heard !== [...definition.hears].sort().join(' '))
    throw new Error(`The ${name} service declares events that do not match its reactions: ${heard}.`)
  const inbox = startInbox({ db: kit.db, reactions, log: kit.log, metrics: kit.metrics })
  await life.onStop('inbox', () => inbox.stop())
  const forgetTask = defineTask(`${name}.forget_old_work`, { cron: '41 3 * * *', priority: 'late' })
  options.jobs.add(name, [...(wiring.jobs ?? []), runs(forgetTask, () => forgetOldWork(kit.db))], kit.log)
  const begun = wiring.begin?.()
  if (begun) await life.onStop('work of its own', () => begun.stop())
  let relay: ReturnType<typeof startRelay> | null = null
  await life.onStop('relay', () => relay?.stop())
  return {
    name,
    host,
    routers: {
      v1: alsoAtPrefix(name, host.router),
      ...(hostV2 ? { v2: alsoAtPrefix(name, hostV2.router) } : {}),
    },
    door: options.realtime.host(name, [...operationsRooms, ...(wiring.rooms ?? [])]),
    subscriber: { db: kit.db, names: new Set(definition.hears), wake: inbox.wake },
    beginRelay() {
      const { deliver, notices } = options
      relay ??= startRelay({ db: kit.db, deliver, notices, log: kit.log, metrics: kit.metrics })
    },
    stop: life.stop,
  }
}
