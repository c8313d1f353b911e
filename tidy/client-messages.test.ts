import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { test } from 'node:test'
import { importsOf, isTest, read, sources } from './repository.ts'

/**
 * A component in the browser only knows the message namespaces that a `ClientMessages` above it names; one that is
 * missing ends the whole page in a 500. Each page is followed through its imports, up to the components that name
 * their messages themselves.
 */

const portal = sources.filter(path => path.startsWith('apps/portal/src/') && !isTest(path))
const texts = new Map(portal.map(path => [path, read(path)] as const))
const named = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].flatMap(([, list = '']) =>
    [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
  )
const provided = (path: string) => named(texts.get(path) ?? '', /<ClientMessages\s+of=\{\[([^\]]*)\]/g)
const used = (path: string) => named(texts.get(path) ?? '', /useTranslations\(('\w+')\)/g)

/** Namespaces used by what a file draws, and by which file, as far as nothing below names its own. */
function neededBy(root: string): Map<string, string> {
  const needed = new Map<string, string>()
  const seen = new Set([root])
  const waiting = [root]
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    for (const namespace of used(path)) needed.set(namespace, path)
    for (const address of importsOf(texts.get(path) ?? '')) {
      const next = posix.join(posix.dirname(path), address)
      if (!address.startsWith('.') || seen.has(next) || !texts.has(next) || provided(next).length > 0)
        continue
      seen.add(next)
      waiting.push(next)
    }
  }
  return needed
}

test('every page names the messages that its components use in the browser', () => {
  const everywhere = new Set(provided('apps/portal/src/app/layout.tsx'))
  const roots = portal.filter(
    path => /\/(page|layout|error|not-found)\.tsx$/.test(path) || provided(path).length > 0,
  )
  assert.ok(roots.length > 30 && everywhere.size > 2)
  const missing = roots.flatMap(root => {
    const here = new Set([...everywhere, ...provided(root)])
    return [...neededBy(root)]
      .filter(([namespace]) => !here.has(namespace))
      .map(([namespace, user]) => `${root}: ${user} uses '${namespace}', which no ClientMessages names`)
  })
  assert.deepEqual(missing, [])
})
