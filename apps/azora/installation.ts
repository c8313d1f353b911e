import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Config, StartupFault } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'
import { migrate } from '@azora/kit/migrate.ts'
import pg from 'pg'
import { openServers, type Servers } from './embedded/servers.ts'
import { services } from './services.ts'

/** Where an installation keeps what is its own: the data folder, the secret, the database. */
export type Installation = {
  dataDir: string
  secret: string
  /** An administrator's address of the database. */
  adminUrl: string
  /** Those that run here because no setting names another. */
  servers: Servers
  /** Settles when an embedded database is lost for good. */
  lost: Promise<Error>
  close(): Promise<void>
}

/** Make sure that the data folder can be written. @throws StartupFault. */
export async function openDataDir(config: Config): Promise<string> {
  const dataDir = resolve(config.dataDir)
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    await access(dataDir, constants.W_OK | constants.X_OK)
  } catch (failure) {
    throw new StartupFault(
      [
        `The data folder ${dataDir} cannot be written (${(failure as { code?: string }).code}).`,
        'Give this user the right to write there, or name another folder in AZORA_DATA_DIR.',
      ],
      failure,
    )
  }
  return dataDir
}

/**
 * The installation's secret, from which database passwords and field keys derive. Without AZORA_SECRET it is made
 * once and kept beside the data that it protects.
 */
async function openSecret(config: Config, dataDir: string): Promise<string> {
  if (config.secret) return config.secret
  const path = join(dataDir, 'secret')
  try {
    await writeFile(path, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (failure) {
    if ((failure as { code?: string }).code !== 'EEXIST') throw failure
  }
  const secret = (await readFile(path, 'utf8')).trim()
  if (secret.length < 32) {
    throw new StartupFault([
      `The file ${path} does not contain a secret of at least 32 characters.`,
      'Restore it from a backup; without it the sealed data of this installation cannot be read.',
    ])
  }
  return secret
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing answers at that address',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name is not known',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'the user name or the password is wrong',
  '28000': 'this user may not connect',
  '3D000': 'that database does not exist',
}

async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    await client.query('select 1')
  } catch (failure) {
    const { code, message } = failure as { code?: string; message: string }
    const shown = new URL(url)
    throw new StartupFault(
      [
        `The database at ${shown.host}${shown.pathname} cannot be used: ${reasons[code ?? ''] ?? message}.`,
        'Check DATABASE_URL and that the server runs. Without DATABASE_URL an embedded PostgreSQL is used.',
      ],
      failure,
    )
  } finally {
    await client.end().catch(() => {}) // a connection that never came about has nothing to end
  }
}

/** Open the installation: its folder, its secret and its database, embedded unless DATABASE_URL names one. */
export async function openInstallation(
  config: Config,
  dataDir: string,
  log: Logger,
  servers: Servers = openServers({ config, dataDir, log }),
): Promise<Installation> {
  const postgres = await servers.use('postgres')
  const adminUrl = postgres?.adminUrl ?? config.databaseUrl ?? ''
  const secret = await openSecret(config, dataDir)
  if (!postgres) await checkDatabase(adminUrl)
  return {
    dataDir,
    secret,
    adminUrl,
    servers,
    lost: postgres?.lost ?? new Promise(() => {}),
    close: () => servers.stop(),
  }
}

/** Bring the schema of every service up to date. @throws StartupFault when the database user may not. */
export async function migrateAll(
  installation: Pick<Installation, 'adminUrl' | 'secret'>,
  log: Logger,
): Promise<void> {
  try {
    const done = await migrate(
      installation.adminUrl,
      installation.secret,
      services.map(service => ({ service: service.name, migrations: service.migrations })),
    )
    if (done.length > 0) log.info('Migrations were applied', { done })
  } catch (failure) {
    if ((failure as { code?: string }).code !== '42501') throw failure
    throw new StartupFault(
      [
        'The user in DATABASE_URL may not create roles and schemas.',
        'Run `npm run azora -- migrate` once with an administrator in DATABASE_URL, or grant it CREATEROLE and CREATE on the database.',
      ],
      failure,
    )
  }
}
