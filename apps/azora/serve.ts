import { join } from 'node:path'
import { segmentsOf } from '@azora/contracts/contract.ts'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import { type Config, StartupFault } from '@azora/kit/config.ts'
import { withCorrelation } from '@azora/kit/context.ts'
import { type LifeCycle, startInSteps } from '@azora/kit/life-cycle.ts'
import { openLineFile } from '@azora/kit/line-file.ts'
import { createLog, type Logger } from '@azora/kit/log.ts'
import { refuseUnknownMethod } from '@azora/kit/methods.ts'
import { addressSettingOf, type PartName } from '@azora/kit/parts.ts'
import { anonymousContext } from '@azora/kit/request-context.ts'
import { clientsOf } from '@azora/kit/sisters.ts'
import { createPortal } from '@azora/portal/server.ts'
import { createGateway, type Gateway } from '@azora/service-gateway/gateway.ts'
import { readLimits } from '@azora/service-gateway/limits.ts'
import express from 'express'
import { buildPortal, buildStaticApps } from './apps-build.ts'
import type { Servers } from './embedded/servers.ts'
import { serversToldAt } from './embedded/told-servers.ts'
import { type Installation, migrateAll, openDataDir, openInstallation } from './installation.ts'
import { type Listening, listen } from './listen.ts'
import { type AzoraProcess, startProcess } from './process.ts'
import { services } from './services.ts'

/** What one process of an installation can be: everything, or one part of a cluster. */
export type Part = 'all' | PartName

export type Served = {
  port: number
  config: Config
  installation: Installation | null
  process: AzoraProcess | null
  /** Settles when the process cannot go on. */
  lost: Promise<Error>
  stop(): Promise<void>
}

const graceMs = 10_000
// Longer than a gateway takes between two looks at whether a process is ready.
const drainMs = 1500
const accessLogBytes = 50_000_000

function logOf(config: Config, part: Part, dataDir: string): (service: string) => Logger {
  const to = config.logTo ?? (part === 'all' ? 'file' : 'console')
  return createLog({
    level: config.logLevel,
    console: to !== 'file',
    file: to === 'console' ? null : join(dataDir, 'azora.log'),
  })
}

/** Start a part. Whatever was started before a failure is stopped again. */
export async function serve(part: Part, config: Config, say: (line: string) => void): Promise<Served> {
  const dataDir = await openDataDir(config)
  const log = logOf(config, part, dataDir)
  return startInSteps(part, log('azora'), async life => {
    try {
      const listening = await listen(
        config.host,
        config.port,
        config.publicUrl.startsWith('https:'),
        (part === 'all' || part === 'gateway') && config.trustedProxies === 0,
      )
      await life.onStop('port', () => listening.close(graceMs))
      const settled = {
        ...config,
        port: listening.port,
        publicUrl: config.publicUrl.replace(/:0$/, `:${listening.port}`),
      }
      const running = await startPart(part, settled, { dataDir, log, say, listening, life })
      // Undone first: anyone who sends to this process learns that it goes before it does.
      if (part !== 'all') await life.onStop('readiness', () => listening.drain(drainMs))
      log('azora').info('Ready', { part, port: listening.port })
      return { port: listening.port, config: settled, ...running, stop: life.stop }
    } catch (failure) {
      // Before anything is undone, which may take a while.
      log('azora').error('Could not start', { part, failure })
      throw failure
    }
  })
}

type Starting = {
  dataDir: string
  log: (service: string) => Logger
  say: (line: string) => void
  listening: Listening
  life: LifeCycle
}

async function startPart(
  part: Part,
  config: Config,
  starting: Starting,
): Promise<Omit<Served, 'stop' | 'port' | 'config'>> {
  const never = new Promise<Error>(() => {})
  if (part === 'portal') {
    await buildPortal(starting.say)
    const portal = await createPortal({ apiUrl: `${urlsOf(config, 'gateway')[0]}/api/v1` })
    await starting.life.onStop('portal', () => portal.close())
    starting.listening.attach((req, res) => {
      if (refuseUnknownMethod(req, res)) return
      if (req.url?.startsWith('/health/')) res.writeHead(200).end('{"ready":true,"parts":{}}')
      else void portal.handle(req, res)
    })
    return { installation: null, process: null, lost: never }
  }
  if (part === 'gateway') {
    if (!config.secret) {
      throw new StartupFault([
        'A separate gateway needs AZORA_SECRET.',
        'Set it to the same value for every process: the parts of an installation use it to recognise each other.',
      ])
    }
    const apps = await buildStaticApps(starting.say)
    const started = await startProcess({
      config,
      installation: {
        dataDir: starting.dataDir,
        secret: config.secret,
        adminUrl: '',
      },
      run: [],
      log: starting.log,
    })
    await starting.life.onStop('process', () => started.stop())
    const servers = config.serversUrl ? serversToldAt(config.serversUrl) : null
    const portal = urlsOf(config, 'portal')
    const sandbox = async () => config.stripe?.sandboxUrl ?? null
    const gateway = await attachGateway(config, started, starting, portal, apps, servers, sandbox)
    await starting.life.onStop('requests', () => starting.listening.close(graceMs))
    await starting.life.onStop('streams', () => gateway.endStreams())
    return { installation: null, process: started, lost: never }
  }
  return startServices(part, config, starting)
}

function urlsOf(config: Config, part: string): string[] {
  const urls = config.partUrls[part]
  if (!urls) {
    throw new StartupFault([
      `${addressSettingOf(part)} is not set.`,
      `In a cluster this process must know where the ${part} listens, for example http://${part}:8080.`,
    ])
  }
  return urls
}

async function startServices(part: 'all' | ServiceName, config: Config, starting: Starting) {
  const { dataDir, log, say, listening, life } = starting
  if (part !== 'all') requireCluster(config)
  const building =
    part === 'all' ? buildPortal(say).then(() => buildStaticApps(say)) : Promise.resolve(new Map())
  building.catch(() => {}) // awaited below; a failure there must not count as unhandled meanwhile
  if (!config.databaseUrl) say('Starting the database …')
  const installation = await openInstallation(config, dataDir, log('postgres'))
  await life.onStop('installation', () => installation.close())
  await migrateAll(installation, log('azora'))
  const run = part === 'all' ? services.map(service => service.name) : [part]
  const { servers } = installation
  const stripeSandbox = part === 'all' ? async () => (await servers.use('stripe'))?.access ?? null : undefined
  const process = await startProcess({ config, installation, run, log, stripeSandbox })
  await life.onStop('process', () => process.stop())
  if (part === 'all') {
    const apps = await building
    const portal = await createPortal({ apiUrl: `http://127.0.0.1:${listening.port}/api/v1` })
    await life.onStop('portal', () => portal.close())
    const sandbox = async () => {
      if (config.stripe) return config.stripe.sandboxUrl
      return (await servers.running('stripe')?.catch(() => null))?.url ?? null
    }
    await attachGateway(config, process, starting, portal, apps, servers, sandbox)
    servers.resume()
  } else {
    attachService(part, process, listening)
  }
  // Requests end before what they use does.
  await life.onStop('requests', () => listening.close(graceMs))
  await life.onStop('streams and sockets', () => {
    process.connections.endAll()
    process.realtime.closeSockets()
  })
  return { installation, process, lost: installation.lost }
}

function requireCluster(config: Config): void {
  const missing = [
    config.databaseUrl ? null : 'DATABASE_URL',
    config.redisUrl ? null : 'REDIS_URL',
    config.amqpUrl ? null : 'AMQP_URL',
    config.secret ? null : 'AZORA_SECRET',
  ].filter(name => name !== null)
  if (missing.length > 0) {
    throw new StartupFault([
      `One process per service needs ${missing.join(', ')}.`,
      'Set them the same for every process, or run everything in one process with `npm start`.',
    ])
  }
}

/** A single service's own door, for the gateway and its sister services. */
function attachService(name: ServiceName, process: AzoraProcess, listening: Listening): void {
  const service = process.directory.running.get(name)
  if (!service) throw new Error(`The service ${name} is not running.`)
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  // Only the gateway and sister services reach this door; the first tells in a header whom it speaks for.
  app.set('trust proxy', 1)
  app.use((req, res, next) => void (refuseUnknownMethod(req, res) || next()))
  app.get('/health/live', (_req, res) => void res.json({ live: true }))
  app.get('/health/ready', async (_req, res) => {
    const state = await process.readiness()
    res.status(state.ready ? 200 : 503).json(state)
  })
  app.get('/metrics', async (_req, res) => {
    res.type(process.metrics.registry.contentType).send(await process.metrics.registry.metrics())
  })
  for (const segment of segmentsOf(name)) app.use(`/api/v1/${segment}/socket`, service.door.poll)
  for (const [version, router] of Object.entries(service.routers)) {
    app.use(`/api/${version}`, (req, res, next) => {
      const given = req.headers['x-correlation-id']
      withCorrelation(typeof given === 'string' ? given : undefined, () => router(req, res, next))
    })
  }
  listening.attach(app, service.door.upgrade)
}

async function attachGateway(
  config: Config,
  running: AzoraProcess,
  { log, listening, dataDir, life }: Starting,
  portal: Awaited<ReturnType<typeof createPortal>> | string[],
  apps: ReadonlyMap<string, string>,
  servers: Pick<Servers, 'health'> | null,
  stripeSandbox: () => Promise<string | null>,
): Promise<Gateway> {
  const { directory } = running
  const targets = new Map(
    services.map(({ name }) => {
      const here = directory.running.get(name)
      return [name, here ? here.routers : urlsOf(config, name)] as const
    }),
  )
  const sockets = new Map([...directory.running].map(([name, { door }]) => [name, door] as const))
  const asOurselves = clientsOf(directory, anonymousContext)
  const gateway = createGateway({
    services: targets,
    sockets,
    portal,
    apps,
    identity: running.identity,
    internalKey: running.internalKey,
    limiter: running.limiter,
    limits: readLimits(config.limitsFile),
    cache: running.answers,
    log: log('gateway'),
    metrics: running.metrics,
    config,
    refresh: refreshToken => asOurselves.auth.refresh({ refreshToken }),
    exchangeKey: key => asOurselves.auth.exchangeApiKey({ key }),
    recordUsage: batch => asOurselves.integrations.recordUsage(batch),
    readiness: () => readinessOf(running, portal, servers),
    mailbox: running.mail.mailbox,
    stripeSandbox,
    accessSink:
      config.logTo === 'console' || (config.logTo === null && Array.isArray(portal))
        ? lines => void process.stdout.write(lines)
        : openLineFile(join(dataDir, 'access.log'), { maxBytes: accessLogBytes, name: 'access log' }),
  })
  listening.attach(gateway.handle, gateway.upgrade)
  await life.onStop('gateway', () => gateway.stop())
  return gateway
}

/** A server that does not answer is listed; whether requests can be served is for those who use it to say. */
async function readinessOf(running: AzoraProcess, portal: unknown, servers: Pick<Servers, 'health'> | null) {
  const [{ parts, ...state }, ours] = await Promise.all([running.readiness(), servers?.health()])
  return { ...state, parts: { ...parts, ...ours, ...(Array.isArray(portal) ? {} : { portal: true }) } }
}
