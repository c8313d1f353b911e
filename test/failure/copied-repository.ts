import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A copy of the repository that a test may change: its sources are copied, what was installed and built is linked. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const notCopied = new Set(['node_modules', '.git', '.next', '.azora', 'dist', 'bench', 'docs'])

async function linkEach(from: string, to: string, except: string[]): Promise<void> {
  await mkdir(to, { recursive: true })
  const names = (await readdir(from)).filter(name => !except.includes(name))
  await Promise.all(names.map(name => symlink(join(from, name), join(to, name))))
}

/** Packages as npm installs them: our own lead to the copy, the others to where they are. */
async function linkPackages(copy: string): Promise<void> {
  const installed = join(root, 'node_modules')
  const own = join(copy, 'node_modules/@azora')
  await linkEach(installed, join(copy, 'node_modules'), ['@azora', '.cache'])
  await mkdir(own)
  for (const name of await readdir(join(installed, '@azora')))
    await symlink(await readlink(join(installed, '@azora', name)), join(own, name))
}

export async function copyRepository(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'azora-copy-'))
  await cp(root, folder, { recursive: true, filter: path => !notCopied.has(basename(path)) })
  await linkPackages(folder)
  // The stamp says of which sources it was built; the copy writes its own.
  for (const built of ['apps/portal/.next', 'apps/admin/dist'])
    await linkEach(join(root, built), join(folder, built), ['.azora-build'])
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/**
 * Write what a guide shows into the copy. A block below `` `path`: `` is that file; one below
 * `` In `path`: `` is added at its end, and below `` In `path`, after `line`: `` behind that line.
 * @returns the paths of the new files.
 */
export async function followGuide(guide: string, folder: string): Promise<string[]> {
  const text = await readFile(join(root, guide), 'utf8')
  const blocks = text.matchAll(/^(In )?`([\w./-]+)`(?:, after `(.+)`)?:\n\n```\w+\n([\s\S]*?)^```$/gm)
  const made: string[] = []
  for (const [, added, path = '', line, content = ''] of blocks) {
    const file = join(folder, path)
    if (!added) {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content, { flag: 'wx' })
      made.push(path)
      continue
    }
    const before = await readFile(file, 'utf8')
    if (line && !before.includes(`${line}\n`)) throw new Error(`${path} has no line "${line}".`)
    const after = line ? before.replace(`${line}\n`, () => `${line}\n${content}`) : before + content
    await writeFile(file, after)
  }
  return made
}

/** What `npm install` does for the package of a new service. */
export async function linkService(folder: string, name: string): Promise<void> {
  await symlink(`../../services/${name}`, join(folder, 'node_modules/@azora', `service-${name}`))
}
