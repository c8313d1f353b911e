import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Holds what the tests of kit, contracts and services need, pictures and pages apart. */
const wanted = [
  'billing',
  'contracts',
  'credential',
  'documents',
  'kit',
  'qti',
  'services',
  'clients',
  'test',
  'package.json',
  'tsconfig.json',
]
// The composition root and what tests read of the other applications.
const alsoWanted = [
  'apps/azora',
  'apps/portal/server.ts',
  'apps/portal/package.json',
  'apps/web/package.json',
]

/**
 * A copy of the sources in a temporary folder, in which faults are made: the repository itself is never touched, so
 * nothing has to be restored, whatever happens. Packages are those of the repository, but our own, which are the copy's.
 */
export async function makeWorkingCopy(root: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'azora-mutation-'))
  const { stdout } = await run(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...wanted, ...alsoWanted],
    {
      cwd: root,
      maxBuffer: 64_000_000,
    },
  )
  for (const path of stdout.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(copy, path)), { recursive: true })
    await cp(join(root, path), join(copy, path)).catch((failure: NodeJS.ErrnoException) => {
      // Deleted and not committed yet.
      if (failure.code !== 'ENOENT') throw failure
    })
  }
  const packages = join(copy, 'node_modules')
  await mkdir(join(packages, '@azora'), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@azora') await symlink(join(root, 'node_modules', name), join(packages, name))
  }
  const ours: [string, string][] = [
    ...['billing', 'contracts', 'credential', 'documents', 'kit', 'qti'].map((name): [string, string] => [
      name,
      name,
    ]),
    ...(await readdir(join(copy, 'services'))).map((name): [string, string] => [
      `service-${name}`,
      `services/${name}`,
    ]),
    ['azora', 'apps/azora'],
    ['portal', 'apps/portal'],
    ['web', 'apps/web'],
  ]
  for (const [name, folder] of ours) await symlink(join(copy, folder), join(packages, '@azora', name))
  return copy
}

export const removeWorkingCopy = (copy: string) => rm(copy, { recursive: true, force: true })
