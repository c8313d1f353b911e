import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { StartupFault } from '@azora/kit/config.ts'

/** The system user under which a server runs that refuses to run as root. */
export type Account = { uid: number; gid: number; name: string }

export const runningAsRoot = process.getuid?.() === 0

function lookUp(name: string): Account | null {
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const uid = id('-u')
  const gid = id('-g')
  if (uid.status !== 0 || gid.status !== 0) return null
  return { uid: Number(uid.stdout), gid: Number(gid.stdout), name }
}

/**
 * The account for PostgreSQL when we are root, else null. Existing data keep their owner; otherwise
 * `azora-postgres`, created when possible, else `postgres`, else `nobody`.
 * @throws StartupFault when the machine has none of them.
 */
export function postgresAccount(cluster: string | null): Account | null {
  if (!runningAsRoot) return null
  if (cluster) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid, name: `user ${uid}` }
  }
  const own = lookUp('azora-postgres')
  if (own) return own
  const options = '--system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin'
  // Its failure needs no word: a second start may have been faster, and a machine without useradd has the others.
  spawnSync('useradd', [...options.split(' '), 'azora-postgres'])
  const found = lookUp('azora-postgres') ?? lookUp('postgres') ?? lookUp('nobody')
  if (found) return found
  throw new StartupFault([
    'PostgreSQL refuses to run as root, and no other user could be created. Run `useradd --system azora-postgres`, start as an ordinary user, or set DATABASE_URL.',
  ])
}

/** Try a shell line as the account; its parameters are $1, $2 and so on. */
export function succeedsAs(account: Account, line: string, ...parameters: string[]): boolean {
  const tried = spawnSync('/bin/sh', ['-c', line, 'sh', ...parameters], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    stdio: 'ignore',
  })
  if ((tried.error as NodeJS.ErrnoException | undefined)?.code === 'EPERM') {
    throw new StartupFault([
      `PostgreSQL refuses to run as root, and this root may not become ${account.name}. Start as an ordinary user, or set DATABASE_URL.`,
    ])
  }
  return tried.status === 0
}
