import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartupFault } from '@azora/kit/config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const portal = join(root, 'apps/portal')
const stampFile = join(portal, '.next/azora-build')

async function hashFolder(folder: string, hash: ReturnType<typeof createHash>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (
      ['node_modules', '.next', 'next-env.d.ts', 'dist'].includes(entry.name) ||
      entry.name.endsWith('.test.ts')
    )
      continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await hashFolder(path, hash)
    else hash.update(path.slice(root.length)).update(await readFile(path))
  }
}

/** A fingerprint of all that the portal is built from. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of ['apps/portal', 'apps/ui', 'contracts']) await hashFolder(join(root, folder), hash)
  hash.update(await readFile(join(root, 'package-lock.json')))
  return hash.digest('hex')
}

/**
 * Build the portal unless the last build was made from the same sources.
 * @throws StartupFault with the end of the build's output when it fails.
 */
export async function buildPortal(say: (line: string) => void): Promise<void> {
  const wanted = await fingerprint()
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === wanted) return
  say('Building the portal (once after each change; about a minute) …')
  const started = Date.now()
  const output: string[] = []
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: portal,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => output.push(String(chunk)))
    child.on('error', reject)
    child.on('exit', resolve)
  })
  if (code !== 0) {
    throw new StartupFault([
      'The portal could not be built.',
      output.join('').split('\n').slice(-25).join('\n'),
    ])
  }
  await writeFile(stampFile, wanted)
  say(`Built the portal in ${Math.round((Date.now() - started) / 1000)} s.`)
}
