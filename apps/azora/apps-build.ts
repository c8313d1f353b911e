import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartupFault } from '@azora/kit/config.ts'

/** Builds what browsers run: the portal with Next, the applications that the gateway serves as files with Vite. */

const root = fileURLToPath(new URL('../..', import.meta.url))

type App = {
  /** What the operator reads. */
  title: string
  /** Its folder, from the root. */
  folder: string
  /** The folder below it that the build makes. */
  output: string
  /** The program of the build, from the root, and its arguments. */
  command: string[]
  duration: string
}

const portal: App = {
  title: 'the portal',
  folder: 'apps/portal',
  output: '.next',
  command: ['node_modules/next/dist/bin/next', 'build'],
  duration: 'about a minute',
}

const vite = ['node_modules/vite/bin/vite.js', 'build', '--configLoader', 'native', '--logLevel', 'warn']

/** The applications made of files, by where the gateway serves them. */
const staticApps = new Map<string, App>([
  [
    '/admin',
    {
      title: 'the admin panel',
      folder: 'apps/admin',
      output: 'dist',
      command: vite,
      duration: 'some seconds',
    },
  ],
  [
    '/developers',
    {
      title: 'the portal for developers',
      folder: 'apps/developers',
      output: 'dist',
      command: vite,
      duration: 'some seconds',
    },
  ],
  [
    '/programs',
    {
      title: 'what runs programs on devices',
      folder: 'apps/programs',
      output: 'dist',
      command: ['apps/programs/build.ts'],
      duration: 'some seconds',
    },
  ],
])

const notSources = ['node_modules', '.next', 'next-env.d.ts', 'dist']

async function hashFolder(folder: string, hash: ReturnType<typeof createHash>, at: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (notSources.includes(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await hashFolder(path, hash, at)
    else hash.update(path.slice(at.length)).update(await readFile(path))
  }
}

/** A fingerprint of all that an application is built from. */
async function fingerprint(app: App, at = root): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of [app.folder, 'apps/ui', 'apps/web', 'contracts', 'credential'])
    await hashFolder(join(at, folder), hash, at)
  hash.update(await readFile(join(at, 'package-lock.json')))
  return hash.digest('hex')
}

async function build(app: App, say: (line: string) => void): Promise<void> {
  const stampFile = join(root, app.folder, app.output, '.azora-build')
  const wanted = await fingerprint(app)
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === wanted) return
  say(`Building ${app.title} (once after each change; ${app.duration}) …`)
  const started = Date.now()
  const output: string[] = []
  const [program = '', ...args] = app.command
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, program), ...args], {
      cwd: join(root, app.folder),
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => output.push(String(chunk)))
    child.on('error', reject)
    child.on('exit', resolve)
  })
  if (code !== 0) {
    const end = output.join('').split('\n').slice(-25).join('\n')
    throw new StartupFault([`${app.title.replace(/^t/, 'T')} could not be built.`, end])
  }
  await writeFile(stampFile, wanted)
  say(`Built ${app.title} in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * Take what was built of an application in a copy of the repository for a build of its sources as they are there now:
 * for tests in which it does not matter.
 * @param at the folder of the copy.
 */
export async function trustBuild(folder: 'apps/portal' | 'apps/admin', at: string): Promise<void> {
  const app = [portal, ...staticApps.values()].find(one => one.folder === folder) as App
  await writeFile(join(at, folder, app.output, '.azora-build'), await fingerprint(app, `${at}/`))
}

/**
 * Build the portal unless the last build was made from the same sources.
 * @throws StartupFault with the end of the build's output when it fails.
 */
export function buildPortal(say: (line: string) => void): Promise<void> {
  return build(portal, say)
}

/**
 * Build the applications that the gateway serves as files, one after the other, unless they are built already.
 * @returns the folder of each by where it is served, such as `/admin`.
 * @throws StartupFault with the end of the build's output when one fails.
 */
export async function buildStaticApps(say: (line: string) => void): Promise<Map<string, string>> {
  const folders = new Map<string, string>()
  for (const [mount, app] of staticApps) {
    await build(app, say)
    folders.set(mount, join(root, app.folder, app.output))
  }
  return folders
}
