import { join } from 'node:path'
import type { ServiceName } from '@azora/contracts/contract.ts'
import { type Config, StartupFault } from '@azora/kit/config.ts'
import { withCorrelation } from '@azora/kit/context.ts'
import { anonymousContext } from '@azora/kit/http.ts'
import { openLineFile } from '@azora/kit/line-file.ts'
import { createLog, type Logger } from '@azora/kit/log.ts'
import { clientsOf } from '@azora/kit/service.ts'
import { createPortal } from '@azora/portal/server.ts'
import { createGateway } from '@azora/service-gateway/gateway.ts'
import express from 'express'
import { type Installation, migrateAll, openDataDir, openInstallation } from './installation.ts'
import { type Listening, listen } from './listen.ts'
import { buildPortal } from './portal-build.ts'
import { type AzoraProcess, startProcess } from './process.ts'
import { services } from './services.ts'

/** What one process of an installation can be: everything, or one part of a cluster. */
export type Part = 'all' | ServiceName | 'gateway' | 'portal'

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
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const listening = await listen(config.host, config.port)
    const settled = {
      ...config,
      port: listening.port,
      publicUrl: config.publicUrl.replace(/:0$/, `:${listening.port}`),
    }
    undo.push(() => listening.close(graceMs))
    const started = await startPart(part, settled, { dataDir, log, say, listening, undo })
    log('azora').info('Ready', { part, port: listening.port })
    return { port: listening.port, config: settled, ...started, stop }
  } catch (failure) {
    log('azora').error('Could not start', { part, failure })
    await stop()
    throw failure
  }
}

type Starting = {
  dataDir: string
  log: (service: string) => Logger
  say: (line: string) => void
  listening: Listening
  undo: (() => Promise<unknown>)[]
}

async function startPart(
  part: Part,
  config: Config,
  starting: Starting,
): Promise<Omit<Served, 'stop' | 'port' | 'config'>> {
  const never = new Promise<Error>(() => {})
  if (part === 'portal') {
    await buildPortal(starting.say)
    const portal = await createPortal({ apiUrl: `${urlOf(config, 'gateway')}/api/v1` })
    starting.undo.push(() => portal.close())
    starting.listening.attach((req, res) => {
      if (req.url?.startsWith('/health/')) res.writeHead(200).end('{"ready":true,"parts":{}}')
      else void portal.handle(req, res)
    })
    return { installation: null, process: null, lost: never }
  }
  if (part === 'gateway') {
    const started = await startProcess({
      config,
      installation: {
        dataDir: starting.dataDir,
        secret: 'unused: a gateway opens no database and seals nothing',
        adminUrl: '',
      },
      run: [],
      log: starting.log,
    })
    starting.undo.push(() => started.stop())
    attachGateway(config, started, starting, urlOf(config, 'portal'))
    return { installation: null, process: started, lost: never }
  }
  return startServices(part, config, starting)
}

function urlOf(config: Config, part: string): string {
  const url = config.partUrls[part]
  if (!url) {
    throw new StartupFault([
      `AZORA_${part.toUpperCase()}_URL is not set.`,
      `In a cluster this process must know where the ${part} listens, for example http://${part}:8080.`,
    ])
  }
  return url
}

async function startServices(part: 'all' | ServiceName, config: Config, starting: Starting) {
  const { dataDir, log, say, listening, undo } = starting
  if (part !== 'all') requireCluster(config)
  const building = part === 'all' ? buildPortal(say) : Promise.resolve()
  building.catch(() => {}) // awaited below; a failure there must not count as unhandled meanwhile
  if (!config.databaseUrl) say('Starting the database …')
  const installation = await openInstallation(config, dataDir, log('postgres'))
  undo.push(() => installation.close())
  await migrateAll(installation, log('azora'))
  const run = part === 'all' ? services.map(service => service.name) : [part]
  const process = await startProcess({ config, installation, run, log })
  undo.push(() => process.stop())
  if (part === 'all') {
    await building
    const portal = await createPortal({ apiUrl: `http://127.0.0.1:${listening.port}/api/v1` })
    undo.push(() => portal.close())
    attachGateway(config, process, starting, portal)
  } else {
    attachService(part, process, listening)
  }
  // Requests end before what they use does.
  undo.push(() => listening.close(graceMs))
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
  app.get('/health/live', (_req, res) => void res.json({ live: true }))
  app.get('/health/ready', async (_req, res) => {
    const state = await process.readiness()
    res.status(state.ready ? 200 : 503).json(state)
  })
  app.get('/metrics', async (_req, res) => {
    res.type(process.metrics.registry.contentType).send(await process.metrics.registry.metrics())
  })
  app.use('/api/v1', (req, res, next) => {
    const given = req.headers['x-correlation-id']
    withCorrelation(typeof given === 'string' ? given : undefined, () => service.host.router(req, res, next))
  })
  listening.attach(app)
}

function attachGateway(
  config: Config,
  running: AzoraProcess,
  { log, listening, dataDir }: Starting,
  portal: Awaited<ReturnType<typeof createPortal>> | string,
): void {
  const { directory } = running
  const targets = new Map(
    services.map(({ name }) => {
      const here = directory.running.get(name)
      return [name, here ? here.host.router : new URL(urlOf(config, name))] as const
    }),
  )
  const gateway = createGateway({
    services: targets,
    portal,
    identity: running.identity,
    limiter: running.limiter,
    log: log('gateway'),
    metrics: running.metrics,
    config,
    refresh: refreshToken => clientsOf(directory, anonymousContext).auth.refresh({ refreshToken }),
    readiness: () => readinessOf(config, running, portal),
    mailbox: running.mail.mailbox,
    accessSink:
      config.logTo === 'console' || (config.logTo === null && typeof portal === 'string')
        ? lines => void process.stdout.write(lines)
        : openLineFile(join(dataDir, 'access.log'), accessLogBytes),
  })
  listening.attach(gateway)
}

async function readinessOf(config: Config, running: AzoraProcess, portal: unknown) {
  const own = await running.readiness()
  const remote = Object.entries(config.partUrls).filter(
    ([name]) => name !== 'gateway' && !running.directory.running.has(name as ServiceName),
  )
  const parts = { ...own.parts }
  if (typeof portal !== 'string') parts.portal = true
  await Promise.all(
    remote.map(async ([name, url]) => {
      parts[name] = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
        answer => answer.ok,
        () => false,
      )
    }),
  )
  return { ready: Object.values(parts).every(Boolean), parts }
}
