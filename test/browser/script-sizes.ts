import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/**
 * How much script a page sends before anything is done on it, gzipped, by route; read from what the builds have made.
 * `npm run script-sizes` prints it beside its budget, `npm run --silent script-sizes -- budget` a new budget.
 */

const apps = fileURLToPath(new URL('../../apps/', import.meta.url))
const portal = join(apps, 'portal/.next')

const budgetFile = new URL('script-budget.json', import.meta.url)

/** How much more than now a new budget allows: what a small feature takes. */
const room = 1.05

/** The most that each route may send, in bytes. */
export const scriptBudget = async (): Promise<Record<string, number>> =>
  JSON.parse(await readFile(budgetFile, 'utf8'))

async function gzipped(folder: string, files: Iterable<string>): Promise<number> {
  let bytes = 0
  for (const file of files) bytes += gzipSync(await readFile(join(folder, file))).length
  return bytes
}

const clientManifest = '_client-reference-manifest.js'

/** What Next knows of the scripts of a page: by each of the layouts and pages that make it. */
async function entriesOf(file: string): Promise<Record<string, string[]>> {
  const text = await readFile(file, 'utf8')
  // A script that sets one property to an object that is JSON.
  const { entryJSFiles } = JSON.parse(text.slice(text.indexOf('] = {') + 4).replace(/;?\s*$/, ''))
  return entryJSFiles
}

async function portalSizes(): Promise<Record<string, number>> {
  const { rootMainFiles } = JSON.parse(await readFile(join(portal, 'build-manifest.json'), 'utf8'))
  const pages = join(portal, 'server/app')
  const sizes: Record<string, number> = {}
  for (const path of (await readdir(pages, { recursive: true })).sort()) {
    if (!path.endsWith(`page${clientManifest}`) || path.startsWith('_')) continue
    const entries = Object.entries(await entriesOf(join(pages, path)))
    // The page that replaces all others when their frame fails comes on its own.
    const files = entries.flatMap(([entry, scripts]) => (entry.endsWith('global-error') ? [] : scripts))
    const route = `/${path.slice(0, -`page${clientManifest}`.length).replace(/\/$/, '')}`
    sizes[route] = await gzipped(portal, new Set([...(rootMainFiles as string[]), ...files]))
  }
  return sizes
}

/** The scripts that the one page of an application names. Its sections are loaded when they are opened. */
async function entrySize(app: 'admin' | 'developers'): Promise<number> {
  const folder = join(apps, app, 'dist')
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const files = [...page.matchAll(new RegExp(`(?:src|href)="/${app}/([^"]+\\.js)"`, 'g'))]
  return gzipped(folder, new Set(files.map(([, file]) => file ?? '')))
}

/** Bytes by route of the portal, and of the two applications of one page. The builds must be there. */
export async function scriptSizes(): Promise<Record<string, number>> {
  return {
    ...(await portalSizes()),
    '/admin': await entrySize('admin'),
    '/developers': await entrySize('developers'),
  }
}

if (import.meta.main) {
  const sizes = await scriptSizes()
  if (process.argv[2] === 'budget') {
    const budget = Object.entries(sizes).map(([route, bytes]) => [
      route,
      Math.ceil((bytes * room) / 100) * 100,
    ])
    console.log(JSON.stringify(Object.fromEntries(budget), null, 2))
  } else {
    const budget = await scriptBudget()
    for (const [route, bytes] of Object.entries(sizes))
      console.log(`${String(bytes).padStart(8)} of ${String(budget[route] ?? '-').padStart(8)}  ${route}`)
  }
}
