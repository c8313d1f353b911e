import { type AzoraClient, codeOf, connect } from '@azora/contracts/client.ts'
import { contract, contractV2, fileContract, type Version } from '@azora/contracts/contract.ts'
import type { ErrorData } from '@azora/contracts/errors.ts'
import type { EventName } from '@azora/contracts/events.ts'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import { ORPCError } from '@orpc/client'
import type { Router } from 'express'
import { type Addresses, takeTurns } from './addresses.ts'
import type { Blobs } from './blobs.ts'
import type { Cache } from './cache.ts'
import type { Config } from './config.ts'
import { correlationId, leaveProcess, refuseInsideTransaction } from './context.ts'
import type { Database } from './db.ts'
import type { Documents } from './documents.ts'
import { AppError } from './errors.ts'
import { type CallOptions, type Host, hostContract, type RequestContext, type StreamContext } from './http.ts'
import type { Identity } from './identity.ts'
import { type Reactions, startInbox } from './inbox.ts'
import { type InternalKey, internalHeader } from './internal-key.ts'
import type { JobRunner } from './job-runner.ts'
import { defineTask, runs, type TaskWork } from './jobs.ts'
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
import { isIterator, streamAlike, untilAnswered } from './remote-streams.ts'
import { forgetOldWork } from './retention.ts'
import type { Revocations } from './revocations.ts'
import type { HostedRoom } from './room-host.ts'
import type { Sealing } from './sealing.ts'
import type { Signals } from './signals.ts'
import type { SocketDoor } from './socket.ts'

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
  /** Stop taking up work, finish what is in flight, and let go. */
  stop(): Promise<void>
}

/** How a process reaches services: those it runs itself directly, the others at their address. */
export type Directory = {
  running: Map<ServiceName, RunningService>
  /** Where the others listen: one address, or as many as there are processes of it. */
  urls: Record<string, string[]>
  internalKey: InternalKey
}

// Long enough for a slow disk, short enough that a caller can still answer its own caller.
const callTimeoutMs = 10_000

const turns = new WeakMap<Directory, Map<string, Addresses>>()

function addressesOf(directory: Directory, service: string): Addresses {
  let known = turns.get(directory)
  if (!known) {
    known = new Map()
    turns.set(directory, known)
  }
  let addresses = known.get(service)
  if (!addresses) {
    addresses = takeTurns(directory.urls[service] ?? [])
    known.set(service, addresses)
  }
  return addresses
}

/** Typed clients of all services, whichever way each is reached. */
export function clientsOf(directory: Directory, context: RequestContext): AzoraClient {
  const remote = new Map<string, AzoraClient>()
  return new Proxy({} as AzoraClient, {
    get(_, service: string) {
      const here = directory.running.get(service as ServiceName)
      if (here) {
        return new Proxy(
          {},
          {
            get: (_target, operation: string) => async (input: unknown, options?: CallOptions) => {
              await leaveProcess(`A call to ${service}`)
              return here.host.invoke(operation, input, { ...context, internal: true }, options)
            },
          },
        )
      }
      refuseInsideTransaction(`A call to ${service}`)
      const addresses = addressesOf(directory, service)
      const url = addresses.next()
      if (!url)
        throw new AppError('unavailable', {}, { cause: new Error(`The ${service} service has no address.`) })
      let client = remote.get(url)
      if (!client) {
        client = connect({
          url: `${url}/api/v1`,
          headers: () => ({
            'x-correlation-id': correlationId(),
            [internalHeader]: directory.internalKey.sign(),
            ...(context.authorization ? { authorization: context.authorization } : {}),
          }),
          async fetch(input, init) {
            const request = new Request(input, init)
            try {
              return await untilAnswered(request, callTimeoutMs)
            } catch (failure) {
              // A caller who gave up says nothing about the other side.
              if (!request.signal.aborted) addresses.failed(url)
              throw failure
            }
          },
        })
        remote.set(url, client)
      }
      return refusingAlike(service, client[service as keyof AzoraClient])
    },
  })
}

type Call = (input: unknown, options?: CallOptions) => Promise<unknown>

/** Operations over the network that fail as they do within the process: what a sister refuses is refused. */
export function refusingAlike<T extends object>(service: string, operations: T): T {
  return new Proxy(operations, {
    get: (_target, operation: string) => async (input: unknown, options?: CallOptions) => {
      await leaveProcess(`A call to ${service}`)
      const refusal = (failure: unknown) => (options?.signal?.aborted ? failure : asRefusal(failure))
      try {
        const answer = await (operations[operation as keyof T] as Call)(input, options)
        return isIterator(answer) ? streamAlike(answer, refusal) : answer
      } catch (failure) {
        throw refusal(failure)
      }
    },
  })
}

function asRefusal(failure: unknown): unknown {
  const cause = { cause: failure }
  if (!(failure instanceof ORPCError)) return new AppError('unavailable', {}, cause) // nobody answered in time
  const code = codeOf(failure)
  if (code !== 'internal') return new AppError(code, (failure.data ?? {}) as ErrorData, cause)
  // A sister that is starting, or whose proxy stands in for it, answers without a code of ours.
  return [502, 503, 504].includes(failure.status) ? new AppError('unavailable', {}, cause) : failure
}

/**
 * Start a service on its kit: routes first, then its share of events. Its jobs run once the runner begins, and its
 * relay once `beginRelay` is called.
 */
export async function startService(
  definition: ServiceDefinition,
  kit: ServiceKit,
  options: {
    deliver: Delivery
    jobs: JobRunner
    notices: Notices
    internalKey: InternalKey
    realtime: Realtime
  },
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
  let relay: ReturnType<typeof startRelay> | null = null
  const forgetTask = defineTask(`${name}.forget_old_work`, { cron: '41 3 * * *', priority: 'late' })
  options.jobs.add(name, [...(wiring.jobs ?? []), runs(forgetTask, () => forgetOldWork(kit.db))], kit.log)
  const begun = wiring.begin?.()
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
    async stop() {
      await relay?.stop()
      await begun?.stop()
      await inbox.stop()
      await kit.db.close()
    },
  }
}
