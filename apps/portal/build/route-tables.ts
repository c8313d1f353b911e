import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { routes, script, uploads } from '@azora/web/vite/contract-tables.ts'

/**
 * The tables of routes that the portal's browser code carries, made from the contracts while it is built. Not all
 * routes, as in the applications of one page: every page of the portal carries its table, and a learner's phone pays
 * for it. So a row for each operation that is named in the sources which run in a browser, and those of the account
 * pages apart.
 */

const sourceFolders = ['../src/', '../../web/'].map(path => fileURLToPath(new URL(path, import.meta.url)))
const output = fileURLToPath(new URL('../dist/', import.meta.url))

/** What a file imports whose operations go into the table of the account pages. */
const accountCaller = 'account-api.browser.ts'

// A name that is not found here would be missing from the table of a page that calls it.
const unseen = /\b(?:call|open|upload)\(\s*["`]/

/** The operations that a source names. @throws Error when it may name one in a way that is not seen. */
export function operationsIn(text: string, path: string): string[] {
  if (unseen.test(text)) throw new Error(`${path}: name the operation that is called in single quotes.`)
  const names = [...text.matchAll(/'(\w+\.\w+)'/g)].map(([, name]) => name ?? '')
  return names.filter(name => name in routes || name in uploads)
}

/** Which operations the sources name, by the table that carries them. */
async function namedOperations(): Promise<{ all: Set<string>; account: Set<string> }> {
  const all = new Set<string>()
  const account = new Set<string>()
  for (const folder of sourceFolders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!/(?<!\.test|\.server)\.tsx?$/.test(entry.name)) continue
      const text = await readFile(join(entry.parentPath, entry.name), 'utf8')
      const names = operationsIn(text, entry.name)
      const table = text.includes(accountCaller) ? account : all
      for (const name of names) table.add(name)
    }
  }
  return { all, account: account.difference(all) }
}

const pick = <T>(table: Record<string, T>, names: Set<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([name]) => names.has(name)))

/** The tables, by the file that they make. */
export async function routeTables() {
  const { all, account } = await namedOperations()
  return {
    'routes.js': { routes: pick(routes, all), uploads: pick(uploads, all) },
    'account-routes.js': { accountRoutes: pick(routes, account) },
  }
}

/** Writes the tables to where the build finds them. */
export async function writeRouteTables(): Promise<void> {
  await mkdir(output, { recursive: true })
  for (const [file, tables] of Object.entries(await routeTables()))
    await writeFile(join(output, file), script(tables))
}
