import { type AzoraClient, codeOf, connect } from '@azora/contracts/client.ts'
import { contract, fileContract, type ServiceName } from '@azora/contracts/contract.ts'
import type { ErrorData } from '@azora/contracts/errors.ts'
import type { EventName } from '@azora/contracts/events.ts'
import { ORPCError } from '@orpc/client'
import type { Blobs } from './blobs.ts'
import type { Cache } from './cache.ts'
import type { Config } from './config.ts'
import { correlationId, refuseInsideTransaction } from './context.ts'
import type { Database } from './db.ts'
import type { Documents } from './documents.ts'
import { AppError } from './errors.ts'
import { type Host, hostContract, type RequestContext } from './http.ts'
import type { Identity } from './identity.ts'
import { type Reactions, startInbox } from './inbox.ts'
import { type InternalKey, internalHeader } from './internal-key.ts'
import { type Job, type Schedule, startJobs } from './jobs.ts'
import type { Limiter } from './limits.ts'
import type { Logger } from './log.ts'
import type { Mail } from './mail.ts'
import type { Metrics } from './metrics.ts'
import { operationsHandlers } from './operations.ts'
import { type Delivery, type Subscriber, startRelay } from './relay.ts'
import type { Revocations } from './revocations.ts'
import type { Sealing } from './sealing.ts'

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
  config: Config
  publicUrl: string
  /** A folder of this process for what must be on disk for a while. */
  scratchDir: string
  /** The other services, called on the actor's behalf: directly in one process, over HTTP in a cluster. */
  others(context: RequestContext): AzoraClient
}

export type Wiring = {
  handlers: Record<string, (input: never, context: RequestContext) => Promise<unknown>>
  fileHandlers?: Record<
    string,
    (input: never, context: RequestContext, req: never, res: never) => Promise<void>
  >
  reactions?: Reactions
  jobs?: Record<string, Job>
  schedules?: Schedule[]
  /** Run once before the first request. */
  prepare?(): Promise<void>
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
  urls: Record<string, string>
  internalKey: InternalKey
}

// Long enough for a slow disk, short enough that a caller can still answer its own caller.
const callTimeoutMs = 10_000

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
            get: (_target, operation: string) => async (input: unknown) => {
              refuseInsideTransaction(`A call to ${service}`)
              return here.host.invoke(operation, input, { ...context, internal: true })
            },
          },
        )
      }
      refuseInsideTransaction(`A call to ${service}`)
      const url = directory.urls[service]
      if (!url) throw new AppError('unavailable', {}, { message: `The ${service} service has no address.` })
      let client = remote.get(service)
      if (!client) {
        client = connect({
          url: `${url}/api/v1`,
          headers: () => ({
            'x-correlation-id': correlationId(),
            [internalHeader]: directory.internalKey.sign(),
            ...(context.authorization ? { authorization: context.authorization } : {}),
          }),
          fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(callTimeoutMs) }),
        })
        remote.set(service, client)
      }
      return refusingAlike(client[service as keyof AzoraClient])
    },
  })
}

type Call = (input: unknown) => Promise<unknown>

/** Operations over the network that fail as they do within the process: what a sister refuses is refused. */
function refusingAlike<T extends object>(operations: T): T {
  return new Proxy(operations, {
    get: (_target, operation: string) => async (input: unknown) => {
      try {
        return await (operations[operation as keyof T] as Call)(input)
      } catch (failure) {
        throw asRefusal(failure)
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

/** Start a service on its kit: routes first, then its share of events and jobs. Its relay waits for `beginRelay`. */
export async function startService(
  definition: ServiceDefinition,
  kit: ServiceKit,
  options: { deliver: Delivery; jobsUrl: string; internalKey: InternalKey },
): Promise<RunningService> {
  const { name } = definition
  const wiring = definition.wire(kit)
  await wiring.prepare?.()
  const files = fileContract[name as keyof typeof fileContract]
  const host = hostContract({
    service: name,
    contract: contract[name],
    handlers: { ...operationsHandlers(kit.db), ...wiring.handlers } as never,
    ...(files ? { files: { contract: files, handlers: (wiring.fileHandlers ?? {}) as never } } : {}),
    identity: kit.identity,
    internalKey: options.internalKey,
    db: kit.db,
    log: kit.log,
    metrics: kit.metrics,
  })
  const reactions = wiring.reactions ?? {}
  const heard = Object.keys(reactions).sort().join(' ')
  if (heard !== [...definition.hears].sort().join(' '))
    throw new Error(`The ${name} service says that it hears other events than it has reactions to: ${heard}.`)
  const inbox = startInbox({ db: kit.db, reactions, log: kit.log, metrics: kit.metrics })
  let relay: ReturnType<typeof startRelay> | null = null
  const jobs = await startJobs({
    url: options.jobsUrl,
    service: name,
    tasks: wiring.jobs ?? {},
    schedules: wiring.schedules ?? [],
    log: kit.log,
    metrics: kit.metrics,
  })
  return {
    name,
    host,
    subscriber: { db: kit.db, names: new Set(definition.hears), wake: inbox.wake },
    beginRelay() {
      relay ??= startRelay({ db: kit.db, deliver: options.deliver, log: kit.log, metrics: kit.metrics })
    },
    async stop() {
      await relay?.stop()
      await jobs.stop()
      await inbox.stop()
      await kit.db.close()
    },
  }
}
