import { dirname, join, relative } from 'node:path'

/** How many test files are tried for one fault, the nearest first. */
const mostTests = 8

const specifier = /(?:from\s*|import\s*\(?\s*|new URL\(\s*)'([^']+)'/g

const packages: [RegExp, string][] = [
  [/^@azora\/(billing|contracts|credential|documents|kit|qti)\//, '$1/'],
  [/^@azora\/service-([\w-]+)\//, 'services/$1/'],
]

/** The file of the repository that an import leads to; null for a package. */
function target(from: string, specified: string): string | null {
  if (specified.startsWith('.')) return join(dirname(from), specified)
  const known = packages.find(([name]) => name.test(specified))
  return known ? specified.replace(known[0], known[1]) : null
}

/** What each file imports from the repository. */
export function importsOf(sources: Map<string, string>): Map<string, string[]> {
  return new Map(
    [...sources].map(([path, text]) => [
      path,
      [...text.matchAll(specifier)].flatMap(([, specified = '']) => {
        const found = target(path, specified)
        return found && sources.has(found) ? [found] : []
      }),
    ]),
  )
}

/**
 * The tests that lead to a file by their imports, the nearest first: those in its folder before others, then by how
 * many imports lie between.
 */
export function nearestTests(imports: Map<string, string[]>, file: string): string[] {
  const importers = new Map<string, string[]>()
  for (const [path, found] of imports) {
    for (const to of found) importers.set(to, [...(importers.get(to) ?? []), path])
  }
  const steps = new Map([[file, 0]])
  for (const [path, distance] of steps) {
    for (const importer of importers.get(path) ?? []) {
      if (!steps.has(importer)) steps.set(importer, distance + 1)
    }
  }
  const apart = (path: string) => relative(dirname(file), dirname(path)).split('/').filter(Boolean).length
  return [...steps]
    .filter(([path]) => path.endsWith('.test.ts'))
    .map(([path, distance]) => ({ path, far: distance + apart(path) }))
    .sort((a, b) => a.far - b.far || (a.path < b.path ? -1 : 1))
    .slice(0, mostTests)
    .map(({ path }) => path)
}
