import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '@azora/kit/log.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import { freePort } from './free-port.ts'
import {
  missingProgram,
  notInstalled,
  type RestartableServer,
  startRestartable,
} from './restartable-server.ts'
import { openServerFolder } from './server-folder.ts'
import { accepts, type ServerProcess, startServer, untilReady } from './server-process.ts'

// Debian's /usr/sbin/rabbitmq-server insists on the user rabbitmq; the script behind it runs as anyone.
const program = '/usr/lib/rabbitmq/bin/rabbitmq-server'

async function answers(url: string, port: number): Promise<boolean> {
  if (!(await accepts(port))) return false
  const { connect } = await import('amqplib')
  try {
    const connection = await connect(url)
    await connection.close()
    return true
  } catch {
    return false
  }
}

/**
 * A RabbitMQ of our own, from Debian's `rabbitmq-server`, for the developers' cluster and tests: its node name, its
 * port mapper (epmd) and all its files are apart from those of the system's.
 * @param folder keeps its queues there; null runs it in a temporary folder.
 * @throws StartupFault when it is not installed or does not start.
 */
export async function startRabbitmq({
  folder,
  log,
}: {
  folder: string | null
  log: Logger
}): Promise<RestartableServer> {
  if (!existsSync(program)) throw notInstalled('RabbitMQ', 'rabbitmq-server', undefined)
  const place = await openServerFolder(folder)
  const [port, mapperPort, nodePort] = await Promise.all([freePort(), freePort(), freePort()])
  const password = randomBytes(18).toString('base64url')
  const url = `amqp://azora:${password}@127.0.0.1:${port}`
  const at = (name: string) => join(place.path, name)
  for (const name of ['queues', 'logs']) mkdirSync(at(name), { recursive: true, mode: 0o700 })
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    // Definitions are read at every start, so that a kept folder learns the password of this one.
    `load_definitions = ${at('definitions.json')}`,
    'vm_memory_high_watermark.absolute = 256MB',
    'disk_free_limit.absolute = 50MB',
    'raft.wal_max_size_bytes = 16777216',
    'log.file = false',
    'log.console = true',
    'log.console.level = warning',
  ]
  const all = { configure: '.*', write: '.*', read: '.*' }
  const definitions = {
    users: [{ name: 'azora', password, tags: 'administrator' }],
    vhosts: [{ name: '/' }],
    permissions: [{ user: 'azora', vhost: '/', ...all }],
  }
  const secret = { mode: 0o600 }
  writeFileSync(at('rabbitmq.conf'), `${lines.join('\n')}\n`, secret)
  writeFileSync(at('definitions.json'), JSON.stringify(definitions), secret)
  writeFileSync(at('environment.conf'), '')
  writeFileSync(at('plugins'), '[].')
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    LANG: 'C.UTF-8',
    HOME: place.path, // the Erlang cookie goes there
    // A kept folder needs the same node name each time, for its queues are filed under it.
    RABBITMQ_NODENAME: `azora${place.temporary ? `-${port}` : ''}@localhost`,
    RABBITMQ_MNESIA_BASE: at('queues'),
    RABBITMQ_LOG_BASE: at('logs'),
    RABBITMQ_CONFIG_FILE: at('rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: at('environment.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: at('advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: at('plugins'),
    RABBITMQ_GENERATED_CONFIG_DIR: at('generated'),
    RABBITMQ_SCHEMA_DIR: at('schema'),
    RABBITMQ_PID_FILE: at('rabbitmq.pid'),
    RABBITMQ_DIST_PORT: String(nodePort),
    ERL_EPMD_PORT: String(mapperPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Few schedulers, which sleep instead of spinning, on a machine that runs everything else as well.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '+S 2:2 +SDcpu 1:1 +SDio 4 +sbwt none -start_epmd false -kernel inet_dist_use_interface {127,0,0,1}',
    // Makes the script become the broker instead of waiting beside it: one process to signal.
    RUNNING_UNDER_SYSTEMD: 'true',
  }
  log.debug('Starting RabbitMQ.', { port })
  let mapper: ServerProcess
  try {
    mapper = await startServer({
      command: 'epmd',
      args: ['-port', String(mapperPort), '-address', '127.0.0.1'],
      env,
      cwd: place.path,
      logFile: at('epmd.log'),
    })
    place.note(mapper.pid)
    await untilReady(mapper, () => accepts(mapperPort), { name: 'epmd', timeoutMs: 10_000, everyMs: 10 })
  } catch (failure) {
    place.done()
    throw missingProgram(failure) ? notInstalled('epmd', 'erlang-base', failure) : failure
  }
  return startRestartable({
    name: 'RabbitMQ',
    debianPackage: 'rabbitmq-server',
    url,
    ports: [port, mapperPort, nodePort],
    command: program,
    args: [],
    env,
    cwd: place.path,
    logFile: at('rabbitmq.log'),
    answers: () => answers(url, port),
    started: server => place.note(server.pid),
    async cleanUp() {
      await mapper.stop('SIGTERM', 2000)
      place.done()
    },
  })
}

export const rabbitmqServer: EmbeddedServer<RestartableServer> = {
  name: 'rabbitmq',
  what: 'Carries events between the processes of a cluster.',
  setting: 'AMQP_URL',
  named: config => config.amqpUrl,
  folder: 'rabbitmq',
  start: ({ folder, log }) => startRabbitmq({ folder, log }),
}
