import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '@azora/kit/log.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import { freePort } from './free-port.ts'
import { type RestartableServer, startRestartable } from './restartable-server.ts'
import { openServerFolder } from './server-folder.ts'
import { accepts } from './server-process.ts'

async function answers(url: string, port: number): Promise<boolean> {
  if (!(await accepts(port))) return false
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  redis.on('error', () => {}) // also rejects the calls below
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG' // an error (LOADING) while it reads its file
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

/**
 * A Redis of our own, from Debian's `redis-server`, for the developers' cluster and tests.
 * @param folder keeps its data there; null runs it without persistence in a temporary folder.
 * @throws StartupFault when it is not installed or does not start.
 */
export async function startRedis({
  folder,
  log,
}: {
  folder: string | null
  log: Logger
}): Promise<RestartableServer> {
  const place = await openServerFolder(folder)
  const port = await freePort()
  const password = randomBytes(18).toString('base64url')
  const url = `redis://:${password}@127.0.0.1:${port}`
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    `dir "${place.path}"`,
    'daemonize no',
    'save ""',
    `appendonly ${place.temporary ? 'no' : 'yes'}`,
    // Sessions and rate-limit counters must not be dropped silently to make room.
    'maxmemory 64mb',
    'maxmemory-policy noeviction',
  ]
  writeFileSync(join(place.path, 'redis.conf'), `${lines.join('\n')}\n`, { mode: 0o600 })
  log.debug('Starting Redis.', { port })
  return startRestartable({
    name: 'Redis',
    debianPackage: 'redis-server',
    url,
    ports: [port],
    command: 'redis-server',
    args: [join(place.path, 'redis.conf')],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin', LC_ALL: 'C' },
    cwd: place.path,
    logFile: join(place.path, 'redis.log'),
    answers: () => answers(url, port),
    started: server => place.note(server.pid),
    cleanUp: async () => place.done(),
  })
}

export const redisServer: EmbeddedServer<RestartableServer> = {
  name: 'redis',
  what: 'Counts, cached answers and notices that the processes of a cluster share.',
  setting: 'REDIS_URL',
  named: config => config.redisUrl,
  folder: 'redis',
  start: ({ folder, log }) => startRedis({ folder, log }),
}
