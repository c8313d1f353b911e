import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the rules in this folder read: the repository's own files, without what was installed or built. */

const root = fileURLToPath(new URL('..', import.meta.url))
const notOurs = new Set([
  'node_modules',
  '.git',
  '.next',
  '.azora',
  'dist',
  'next-env.d.ts',
  'tsconfig.tsbuildinfo',
])

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    if (notOurs.has(entry.name) || entry.name.endsWith('.log')) return []
    const path = folder ? `${folder}/${entry.name}` : entry.name
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : []
  })
}

/** Paths of all files from the root, with forward slashes. */
export const allFiles: readonly string[] = walk('').sort()

export const isSource = (path: string) => /\.(?:ts|tsx|mjs|js)$/.test(path)
export const isTest = (path: string) => /\.test\.tsx?$/.test(path)

export const sources: readonly string[] = allFiles.filter(isSource)

export const exists = (path: string) => existsSync(join(root, path))

/** The text of a file, by its path from the root. */
export const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** What a file imports, types included: `import`, `export … from` and `import()` with a written address. */
export function importsOf(text: string): string[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map(match => match[1] ?? match[2] ?? match[3] ?? '')
}

/** Where an import leads, as a path from the root; null for a package or a module of Node. */
export function targetOf(from: string, address: string): string | null {
  if (address.startsWith('.')) return posix.join(posix.dirname(from), address)
  const own = /^@azora\/(service-)?([\w-]+)\/(.+)$/.exec(address)
  if (!own) return null
  const [, service, name = '', rest = ''] = own
  if (service) return `services/${name}/${rest}`
  const atRoot = ['billing', 'contracts', 'credential', 'documents', 'kit', 'qti'].includes(name)
  return atRoot ? `${name}/${rest}` : `apps/${name}/${rest}`
}
