import { posix } from 'node:path'
import { importsOf, targetOf } from '../../tidy/repository.ts'

/** Which file leads to which: by imports, and by addresses of files and folders that are written beside `import.meta.url`. */

/** What `new URL(…, import.meta.url)` and `import(…)` name: threads, processes, samples, migrations; `${…}` as `*`. */
function namedBy(from: string, text: string): string[] {
  const urls = text.matchAll(/\bnew URL\(\s*(['"`])([^'"`]+)\1,\s*import\.meta\.url/g)
  const patterns = text.matchAll(/\bimport\(\s*(`)(\.[^`]+)`/g)
  return [...urls, ...patterns].map(([, , address = '']) =>
    posix.join(posix.dirname(from), address.replaceAll(/\$\{[^}]*\}/g, '*')),
  )
}

const patternOf = (path: string) =>
  new RegExp(`^${path.split('*').map(RegExp.escape).join('[^/]+')}${path.endsWith('/') ? '' : '$'}`)

/**
 * @param texts the text of each source file, by its path from the root.
 * @param files all files there are; what is named and is not there, such as something built, is left out.
 * @returns for each source file those that it leads to itself.
 */
export function referencesOf(
  texts: ReadonlyMap<string, string>,
  files: readonly string[],
): Map<string, Set<string>> {
  const known = new Set(files)
  const references = new Map<string, Set<string>>()
  for (const [from, text] of texts) {
    const found = new Set<string>()
    for (const address of importsOf(text)) {
      const to = targetOf(from, address)
      for (const path of to ? [to, `${to}.ts`, `${to}.tsx`] : []) if (known.has(path)) found.add(path)
    }
    for (const path of namedBy(from, text)) {
      if (known.has(path)) found.add(path)
      // The root itself is named to run something there, which leads to everything and says nothing.
      else if ((path.endsWith('/') || path.includes('*')) && !/^[./]*$/.test(path))
        for (const file of files) if (patternOf(path).test(file)) found.add(file)
    }
    found.delete(from)
    references.set(from, found)
  }
  return references
}

/** The given files and all that lead to one of them, by however many steps. Nothing leads on through a closed one. */
export function leadingTo(
  changed: readonly string[],
  references: ReadonlyMap<string, ReadonlySet<string>>,
  closed: ReadonlySet<string> = new Set(),
): Set<string> {
  const sources = new Map<string, string[]>()
  for (const [from, targets] of references)
    for (const to of targets) sources.set(to, [...(sources.get(to) ?? []), from])
  const reached = new Set(changed)
  for (const file of reached)
    if (!closed.has(file)) for (const from of sources.get(file) ?? []) reached.add(from)
  return reached
}
