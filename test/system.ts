import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Cluster, openCluster, seedCluster } from '../apps/azora/cluster.ts'
import { freePort } from '../apps/azora/embedded/free-port.ts'
import { readConfig } from '../kit/config.ts'

/**
 * A whole running Azora for tests, in either mode: `single` (one process on embedded defaults) or `cluster` (one
 * process per service over HTTP with Redis and RabbitMQ). Each has a data folder of its own and free ports.
 */
export type Mode = 'single' | 'cluster'

export type System = {
  mode: Mode
  url: string
  dataDir: string
  /** What opens the database behind it: the administrator's address, and the secret of the service roles' passwords. */
  access(): Promise<DatabaseAccess>
  /**
   * Kill the process that runs the service with SIGKILL: the whole system in one process, the one in a cluster. One
   * that has ended already is let be.
   */
  kill(service: string): Promise<void>
  /** Tell the process to stop, or in a cluster the gateway; the code it ends with. */
  terminate(): Promise<number | null>
  /** Start again what was killed, and wait until it is ready. */
  revive(service: string): Promise<void>
  /** Process id of the whole system in one process; of this process, the parent of all parts, in a cluster. */
  pid(): number
  /** The cluster's parts and servers; null in one process. */
  cluster: Cluster | null
  stop(): Promise<void>
}

export type DatabaseAccess = { adminUrl: string; secret: string }

export const modes: Mode[] = ['single', 'cluster']

const mainFile = fileURLToPath(new URL('../apps/azora/main.ts', import.meta.url))
const readyWithinMs = 300_000

/** Look again and again until there is something; the reason names what was awaited. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false | undefined>,
  withinMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s.`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

function environmentOf(
  dataDir: string,
  port: number,
  settings: Record<string, string>,
): Record<string, string | undefined> {
  return {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    AZORA_DATA_DIR: dataDir,
    AZORA_DEMO: 'true',
    AZORA_RATE_LIMITS: 'off',
    AZORA_PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: '',
    REDIS_URL: '',
    AMQP_URL: '',
    ...settings,
  }
}

/** The embedded database's port and password, from where the running server keeps them in the data folder. */
async function embeddedAccess(dataDir: string): Promise<DatabaseAccess> {
  const cluster = await realpath(join(dataDir, 'postgres'))
  const port = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[3]
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim()
  const secret = (await readFile(join(dataDir, 'secret'), 'utf8')).trim()
  return { adminUrl: `postgres://azora:${password}@127.0.0.1:${port}/azora`, secret }
}

/** End a process, unless it has ended already: of that one no more news would come. @returns the code it ends with. */
export async function endOf(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  return (await ended)[0] as number | null
}

/** Remove a data folder, and the database that it may only link to. */
async function removeData(dataDir: string): Promise<void> {
  const database = await realpath(join(dataDir, 'postgres')).catch(() => null)
  if (database) await rm(database, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}

async function startSingle(dataDir: string, port: number, settings: Record<string, string>): Promise<System> {
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess
  const start = async () => {
    const output: string[] = []
    child = spawn(process.execPath, [mainFile, 'start'], {
      env: environmentOf(dataDir, port, settings) as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => output.push(String(chunk)))
    await until(
      'Azora is ready',
      async () => {
        if (child.exitCode !== null) throw new Error(`Azora ended while starting:\n${output.join('')}`)
        return output.some(text => text.includes('is ready at'))
      },
      readyWithinMs,
    ).catch(failure => {
      child.kill('SIGKILL')
      throw failure
    })
  }
  await start()
  return {
    mode: 'single',
    url,
    dataDir,
    access: () => embeddedAccess(dataDir),
    cluster: null,
    pid: () => child.pid ?? 0,
    async kill() {
      await endOf(child, 'SIGKILL')
    },
    terminate: () => endOf(child, 'SIGTERM'),
    revive: () => start(),
    async stop() {
      await endOf(child, 'SIGTERM')
      await removeData(dataDir)
    },
  }
}

async function startClustered(
  dataDir: string,
  port: number,
  settings: Record<string, string>,
  copies: Record<string, number>,
): Promise<System> {
  const environment = environmentOf(dataDir, port, settings)
  // The parts inherit the environment; what the test's own shell may have set must not reach them.
  Object.assign(process.env, { AZORA_RATE_LIMITS: 'off', AZORA_DEMO: 'true', ...settings })
  const cluster = await openCluster(() => {}, readConfig(environment), copies)
  await seedCluster(cluster, dataDir, () => {})
  return {
    mode: 'cluster',
    url: cluster.url,
    dataDir,
    access: async () => ({ adminUrl: cluster.adminUrl, secret: cluster.secret }),
    cluster,
    pid: () => process.pid,
    async kill(service) {
      const part = cluster.parts.get(service)
      if (!part) throw new Error(`The cluster has no part ${service}.`)
      await endOf(part.child, 'SIGKILL')
    },
    async terminate() {
      const gateway = cluster.parts.get('gateway')
      if (!gateway) throw new Error('The cluster has no gateway.')
      return endOf(gateway.child, 'SIGTERM')
    },
    revive: service => cluster.restart(service),
    async stop() {
      await cluster.stop()
      await removeData(dataDir)
    },
  }
}

/** Start a system with the demo school in it. `copies` says of which parts of a cluster several processes run. */
export async function startSystem(
  mode: Mode,
  settings: Record<string, string> = {},
  copies: Record<string, number> = {},
): Promise<System> {
  const dataDir = await mkdtemp(join(tmpdir(), `azora ${mode} `))
  const port = await freePort()
  return mode === 'single'
    ? startSingle(dataDir, port, settings)
    : startClustered(dataDir, port, settings, copies)
}
