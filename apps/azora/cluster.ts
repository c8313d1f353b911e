import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, readConfig, StartupFault } from '@azora/kit/config.ts'
import { openDatabase } from '@azora/kit/db.ts'
import { startInSteps } from '@azora/kit/life-cycle.ts'
import { createLog } from '@azora/kit/log.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { addressSettingOf, partNames } from '@azora/kit/parts.ts'
import type { StripeAccess } from '@azora/kit/stripe.ts'
import { buildPortal, buildStaticApps } from './apps-build.ts'
import { seedDemo } from './demo/seed.ts'
import { freePort } from './embedded/free-port.ts'
import type { RestartableServer } from './embedded/restartable-server.ts'
import { openServers } from './embedded/servers.ts'
import { tellOfServers } from './embedded/told-servers.ts'
import { migrateAll, openDataDir, openInstallation } from './installation.ts'

/**
 * A cluster on one machine, for developers and for the system tests: one process per service, with Redis and
 * RabbitMQ between them. What DATABASE_URL, REDIS_URL and AMQP_URL do not name is started here.
 */
export type Cluster = {
  url: string
  /** Where each part listens, and its process. */
  parts: Map<string, { url: string; child: ChildProcess }>
  /** Start a part again after it was killed. */
  restart(part: string): Promise<void>
  /** The embedded servers, for tests that take them away; absent when settings name others. */
  redis: RestartableServer | null
  rabbitmq: RestartableServer | null
  /** How its Stripe sandbox is reached; null with a key. */
  stripe: StripeAccess | null
  adminUrl: string
  secret: string
  stop(): Promise<void>
}

const mainFile = fileURLToPath(new URL('./main.ts', import.meta.url))
const readyWithinMs = 120_000

async function untilReady(name: string, url: string, child: ChildProcess, tail: () => string): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new StartupFault([`The ${name} process ended while starting.`, tail()])
    const ready = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
      answer => answer.ok,
      () => false,
    )
    if (ready) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new StartupFault([`The ${name} process was not ready within two minutes.`, tail()])
}

/** Until the gateway has seen them all: it looks once a second, and may have looked before the last one was ready. */
async function untilAllUp(gateway: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  let down: string[] = []
  while (Date.now() < deadline) {
    const { parts } = (await (await fetch(`${gateway}/health/parts`)).json()) as {
      parts: Record<string, 'up' | 'down'>
    }
    down = Object.keys(parts).filter(name => parts[name] === 'down')
    if (down.length === 0) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new StartupFault([`After two minutes the gateway still calls down: ${down.join(', ')}.`])
}

/** The parts of a cluster with several processes of some: `auth`, `auth-2`. */
function namesOf(copies: Record<string, number>): string[] {
  return partNames.flatMap(part =>
    Array.from({ length: copies[part] ?? 1 }, (_, at) => (at === 0 ? part : `${part}-${at + 1}`)),
  )
}

const partOf = (name: string) => name.replace(/-\d+$/, '')

/**
 * Start everything and wait until the gateway says that all parts are ready.
 *
 * @param copies how many processes of a part run, where it is more than one.
 */
export async function openCluster(
  say: (line: string) => void,
  given: Config = readConfig(),
  copies: Record<string, number> = {},
): Promise<Cluster> {
  const dataDir = await openDataDir(given)
  const log = createLog({ level: given.logLevel, file: join(dataDir, 'azora.log'), console: false })(
    'cluster',
  )
  return startInSteps('the cluster', log, async life => {
    // Chosen before the servers start, since one of them calls the gateway.
    const port = given.port || (await freePort())
    const publicUrl = given.publicUrl.endsWith(':0') ? `http://127.0.0.1:${port}` : given.publicUrl
    const config = { ...given, host: '127.0.0.1', port, publicUrl }
    await buildPortal(say)
    await buildStaticApps(say)
    say('Starting the database, Redis and RabbitMQ …')
    const servers = openServers({ config, dataDir, log })
    // Also those of which another one does not start.
    await life.onStop('servers', () => servers.stop())
    const starting = [
      openInstallation(config, dataDir, log, servers),
      servers.use('redis'),
      servers.use('rabbitmq'),
      servers.use('stripe'),
    ] as const
    await Promise.allSettled(starting)
    const [installation, redis, rabbitmq, stripe] = await Promise.all(starting)
    const told = await tellOfServers(servers)
    await life.onStop('health of servers', () => told.stop())
    await migrateAll(installation, log)

    const parts: Cluster['parts'] = new Map()
    const names = namesOf(copies)
    const ports = new Map<string, number>()
    for (const name of names) ports.set(name, name === 'gateway' ? config.port : await freePort())
    const urlOf = (name: string) => `http://127.0.0.1:${ports.get(name)}`
    const environment = {
      ...process.env,
      HOST: '127.0.0.1',
      AZORA_DATA_DIR: dataDir,
      AZORA_SECRET: installation.secret,
      AZORA_PUBLIC_URL: config.publicUrl,
      AZORA_LOG_TO: 'console',
      DATABASE_URL: installation.adminUrl,
      REDIS_URL: config.redisUrl ?? redis?.url,
      AMQP_URL: config.amqpUrl ?? rabbitmq?.url,
      AZORA_SERVERS_URL: told.url,
      ...(stripe ? { AZORA_STRIPE_SANDBOX_URL: settingOf(stripe.access) } : {}),
      ...Object.fromEntries(
        [...new Set(names.map(partOf))].map(part => [
          addressSettingOf(part),
          names
            .filter(name => partOf(name) === part)
            .map(urlOf)
            .join(','),
        ]),
      ),
    }
    await mkdir(join(dataDir, 'cluster'), { recursive: true })

    const start = async (name: string) => {
      const logFile = join(dataDir, 'cluster', `${name}.log`)
      const lines: string[] = []
      const child = spawn(process.execPath, [mainFile, 'serve', partOf(name)], {
        env: { ...environment, PORT: String(ports.get(name)) },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', chunk => {
          lines.push(String(chunk))
          if (lines.length > 50) lines.shift()
          void writeFile(logFile, String(chunk), { flag: 'a' })
        })
      }
      parts.set(name, { url: urlOf(name), child })
      await untilReady(name, urlOf(name), child, () => lines.join('').split('\n').slice(-8).join('\n'))
    }
    await life.onStop('parts', () => Promise.all([...parts.values()].map(part => endOf(part.child))))
    // All at once: each waits for the database and the brokers alone.
    await Promise.all(names.map(start))
    await untilAllUp(urlOf('gateway'))
    return {
      url: urlOf('gateway'),
      parts,
      restart: start,
      redis,
      rabbitmq,
      stripe: stripe?.access ?? null,
      adminUrl: installation.adminUrl,
      secret: installation.secret,
      stop: life.stop,
    }
  })
}

/** How the parts are told of a sandbox: `AZORA_STRIPE_SANDBOX_URL`. */
function settingOf({ secretKey, webhookSecret, sandboxUrl }: StripeAccess): string {
  const url = new URL(sandboxUrl ?? '')
  return `${url.protocol}//${secretKey}:${webhookSecret}@${url.host}`
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(timer)
}

/** Put the demo school into a cluster. */
export async function seedCluster(
  cluster: Cluster,
  dataDir: string,
  say: (line: string) => void,
): Promise<void> {
  const authDb = openDatabase({
    service: 'auth',
    url: serviceDatabaseUrl(cluster.adminUrl, cluster.secret, 'auth'),
    maxConnections: 2,
    onError: () => {},
  })
  await seedDemo({ authDb, url: cluster.url, scratchDir: dataDir, say })
  await authDb.close()
}

/** `npm run cluster`. */
export async function startCluster({
  say,
  told,
}: {
  say: (line: string) => void
  told: Promise<unknown>
}): Promise<void> {
  const config = readConfig()
  const cluster = await openCluster(say)
  try {
    if (config.demo) await seedCluster(cluster, config.dataDir, say)
    say(`\n  The cluster is ready at ${cluster.url}\n`)
    for (const [name, part] of cluster.parts)
      say(`    ${name.padEnd(12)} ${part.url}   process ${part.child.pid}`)
    say('\n  Ctrl-C stops it.\n')
    await told
    say('\nStopping: finishing running work …')
  } finally {
    await cluster.stop()
  }
}
