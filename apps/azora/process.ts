import { join } from 'node:path'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import { folderBlobs, s3Blobs, sweepParts } from '@azora/kit/blobs.ts'
import { type Cache, memoryCache, redisCache } from '@azora/kit/cache.ts'
import type { Config } from '@azora/kit/config.ts'
import { openDatabase } from '@azora/kit/db.ts'
import { connectMongo, mongoDocuments, postgresDocuments } from '@azora/kit/documents.ts'
import { createIdentity, type Identity } from '@azora/kit/identity.ts'
import { createInternalKey, type InternalKey } from '@azora/kit/internal-key.ts'
import { createJobRunner } from '@azora/kit/job-runner.ts'
import { type LifeCycle, startInSteps } from '@azora/kit/life-cycle.ts'
import { createLimiter, type Limiter } from '@azora/kit/limits.ts'
import type { Logger } from '@azora/kit/log.ts'
import { localMail, type Mail, smtpMail } from '@azora/kit/mail.ts'
import { createMetrics, type Metrics } from '@azora/kit/metrics.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { noNotices, openNotices } from '@azora/kit/notices.ts'
import { createOpenConnections, type OpenConnections } from '@azora/kit/open-connections.ts'
import { createRealtime, type Realtime } from '@azora/kit/realtime.ts'
import { deliverLocally } from '@azora/kit/relay.ts'
import { anonymousContext } from '@azora/kit/request-context.ts'
import { createRevocations } from '@azora/kit/revocations.ts'
import { createSealing } from '@azora/kit/sealing.ts'
import { type RunningService, startService } from '@azora/kit/service.ts'
import { createSignals } from '@azora/kit/signals.ts'
import { clientsOf, type Directory } from '@azora/kit/sisters.ts'
import { createStorageWatch } from '@azora/kit/storage-watch.ts'
import { openStripe, type StripeAccess, type StripeDoor } from '@azora/kit/stripe.ts'
import { startTracing } from '@azora/kit/tracing.ts'
import type { Installation } from './installation.ts'
import { openScratch } from './scratch.ts'
import { services } from './services.ts'

/**
 * One process of an installation: the services it runs on the adapters that its settings choose. The only place
 * that knows which services share a process.
 */
export type AzoraProcess = {
  directory: Directory
  identity: Identity
  internalKey: InternalKey
  /** The streams that are open in it. */
  connections: OpenConnections
  /** Where a gateway keeps public answers: apart from what services cache, which strangers could push out else. */
  answers: Cache
  limiter: Limiter
  realtime: Realtime
  metrics: Metrics
  mail: Mail
  /** Whether each thing this process depends on answers, and in sentences why it is not ready. */
  readiness(): Promise<{ ready: boolean; parts: Record<string, boolean>; problems: string[] }>
  stop(): Promise<void>
}

type Options = {
  config: Config
  installation: Pick<Installation, 'dataDir' | 'secret' | 'adminUrl'>
  run: ServiceName[]
  /** Starts the embedded sandbox where this installation has one; by default there is none. */
  stripeSandbox?: () => Promise<StripeAccess | null>
  log: (service: string) => Logger
}

/**
 * How many streams may be open in a process. A browser has six connections to one site over HTTP/1.1, and a person
 * a few devices. As many as the process takes use about 150 MiB of it while they are idle (bench/README.md).
 */
const streamBounds = { perPerson: 20, inAll: 4000 }

/** Start the named services in this process, in order; on failure stop those that started. */
export const startProcess = (options: Options): Promise<AzoraProcess> =>
  startInSteps('the process', options.log('azora'), life => startOn(life, options))

async function startOn(
  life: LifeCycle,
  { config, installation, run, log, stripeSandbox }: Options,
): Promise<AzoraProcess> {
  const { dataDir, secret, adminUrl } = installation
  const ownLog = log('azora')
  const metrics = createMetrics()
  const internalKey = createInternalKey(secret)
  const directory: Directory = { running: new Map(), urls: config.partUrls, internalKey }
  await life.onStop('tracing', await startTracing('azora', config.otlpUrl))

  // The libraries of servers that are not there are not loaded.
  const redis = config.redisUrl
    ? (await import('@azora/kit/redis.ts')).connectRedis(config.redisUrl, ownLog)
    : null
  if (redis) await life.onStop('Redis', () => redis.disconnect())
  const broker = config.amqpUrl
    ? await (await import('@azora/kit/rabbit.ts')).connectBroker(config.amqpUrl, ownLog, services)
    : null
  if (broker) await life.onStop('RabbitMQ', () => broker.close())
  const mongo = config.mongodbUrl ? await connectMongo(config.mongodbUrl) : null
  if (mongo) await life.onStop('MongoDB', () => mongo.close())

  // A gateway alone has no database, and nothing to do in the background.
  const jobsUrl = run.length > 0 ? serviceDatabaseUrl(adminUrl, secret, 'jobs') : ''
  const notices = jobsUrl ? await openNotices({ url: jobsUrl, log: ownLog }) : noNotices
  await life.onStop('notices', () => notices.stop())
  const jobs = createJobRunner({ url: jobsUrl, notices, log: ownLog, metrics })

  const cache = redis
    ? redisCache(redis, failure => ownLog.debug('Redis did not answer', { failure }))
    : memoryCache()
  const blobs = config.s3 ? await s3Blobs(config.s3) : folderBlobs(join(dataDir, 'files'))
  const mail = config.smtpUrl
    ? await smtpMail(config.smtpUrl, config.mailFrom)
    : localMail(join(dataDir, 'mail'))
  const asOurselves = clientsOf(directory, anonymousContext)
  const revocations = createRevocations({
    fetchNews: after => asOurselves.auth.revocations({ after }),
    redis,
    notices,
    log: ownLog,
  })
  await life.onStop('revocations', () => revocations.stop())
  const identity = createIdentity(() => asOurselves.auth.jwks(), revocations)
  const realtime = createRealtime({ redis, identity, revocations, log: ownLog, metrics })
  await life.onStop('rooms', () => realtime.stop())
  const connections = createOpenConnections({ revocations, bounds: streamBounds })
  const signals = createSignals(redis, ownLog)
  await life.onStop('signals', () => signals.stop())
  const limiter = createLimiter(redis, {
    fellBack() {
      metrics.limiterLocal.set(1)
      metrics.limiterFallbacks.inc()
    },
    shared: () => metrics.limiterLocal.set(0),
  })
  const scratch = await openScratch(join(dataDir, 'scratch'), {
    swept: folders => ownLog.warn('Removed scratch files left by ended processes', { folders }),
    failed: failure => ownLog.warn('Scratch files could not be removed', { failure }),
  })
  await life.onStop('scratch files', () => scratch.close())

  if (!config.s3) {
    const sweep = () =>
      sweepParts(join(dataDir, 'files')).then(
        files => files > 0 && ownLog.warn('Removed partial files left by ended processes', { files }),
        failure => ownLog.warn('Partial files could not be removed', { failure }),
      )
    void sweep()
    const daily = setInterval(sweep, 24 * 60 * 60_000).unref()
    await life.onStop('sweep of partial files', () => clearInterval(daily))
  }

  const storage = createStorageWatch(dataDir, { freeBytes: bytes => metrics.storageFreeBytes.set(bytes) })

  let stripe: Promise<StripeDoor | null> | null = null
  const openStripeOnce = () => {
    stripe ??= Promise.resolve(config.stripe ?? stripeSandbox?.() ?? null).then(
      access => access && openStripe(access),
    )
    // Anyone who asks again may find it.
    stripe.catch(() => {
      stripe = null
    })
    return stripe
  }

  const deliver =
    broker?.deliver ??
    deliverLocally(() => [...directory.running.values()].map(service => service.subscriber))
  const running: RunningService[] = []

  for (const definition of services.filter(service => run.includes(service.name))) {
    const db = openDatabase({
      service: definition.name,
      url: serviceDatabaseUrl(adminUrl, secret, definition.name),
      maxConnections: config.databaseConnections,
      onError: failure => ownLog.warn('An idle database connection was lost', { failure }),
      onFull: storage.databaseWasFull,
      onRetry: () => metrics.transactionRetries.inc({ service: definition.name }),
    })
    await life.onStop(`the database of ${definition.name}`, () => db.close())
    const service = await startService(
      definition,
      {
        db,
        documents: mongo ? mongoDocuments(mongo, definition.name) : postgresDocuments(db),
        blobs,
        cache,
        limiter,
        mail,
        sealing: createSealing([secret, ...config.previousSecrets]),
        log: log(definition.name),
        metrics,
        identity,
        revocations,
        connections,
        signals,
        stripe: openStripeOnce,
        config,
        publicUrl: config.publicUrl,
        scratchDir: scratch.folder,
        others: context => clientsOf(directory, context),
      },
      { deliver, jobs, notices, internalKey, realtime },
    )
    await life.onStop(definition.name, () => service.stop())
    running.push(service)
    directory.running.set(definition.name, service)
    await broker?.subscribe(definition.name, service.subscriber)
  }
  // Undone first, while everything that a job may use or ask is there.
  await life.onStop('jobs', () => jobs.stop())
  await jobs.begin()
  for (const service of running) service.beginRelay()

  return {
    directory,
    identity,
    internalKey,
    connections,
    answers: redis ? cache : memoryCache({ entries: 500, bytes: 32_000_000 }),
    limiter,
    realtime,
    metrics,
    mail,
    async readiness() {
      const parts: Record<string, boolean> = {}
      for (const service of running) {
        parts[service.name] = await service.subscriber.db.pool.query('select 1').then(
          () => true,
          () => false,
        )
        const { pool } = service.subscriber.db
        metrics.poolConnections.set({ service: service.name, state: 'open' }, pool.totalCount)
        metrics.poolConnections.set({ service: service.name, state: 'idle' }, pool.idleCount)
        metrics.poolConnections.set({ service: service.name, state: 'awaited' }, pool.waitingCount)
      }
      // Away, these slow things down or delay events; they do not make a process unfit to serve.
      const silent = Object.keys(parts).filter(name => !parts[name])
      const problems = [
        ...(life.state() === 'running' ? [] : [`This process is ${life.state()}.`]),
        ...silent.map(name => `The database does not answer ${name}.`),
        ...(await storage.problems()),
      ]
      return { ready: problems.length === 0, parts, problems }
    },
    stop: life.stop,
  }
}
