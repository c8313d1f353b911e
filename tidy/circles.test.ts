import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importsOf, read, sources, targetOf } from './repository.ts'

/**
 * No file imports itself by way of others, for its types either: of two files that know each other neither can be read,
 * tested or moved alone. What both need stands below them, in a file of its own.
 */

type Imports = ReadonlyMap<string, readonly string[]>

/**
 * A circle of each group of files that reach one another, as a way from a file back to it. Tarjan's algorithm finds the
 * groups, each in one walk over all imports.
 */
function circlesIn(imports: Imports): string[][] {
  const number = new Map<string, number>()
  const open: string[] = []
  const groups: string[][] = []
  const visit = (file: string): number => {
    number.set(file, number.size)
    let low = number.get(file) as number
    open.push(file)
    for (const next of imports.get(file) ?? []) {
      if (!number.has(next)) low = Math.min(low, visit(next))
      else if (open.includes(next)) low = Math.min(low, number.get(next) as number)
    }
    if (low === number.get(file)) groups.push(open.splice(open.indexOf(file)))
    return low
  }
  for (const file of imports.keys()) if (!number.has(file)) visit(file)
  return groups.flatMap(group => {
    const way = wayBack(group, imports)
    return way ? [way] : []
  })
}

/** The shortest way from the first file of a group back to it; null when there is none. */
function wayBack(group: string[], imports: Imports): string[] | null {
  const first = [...group].sort()[0] as string
  const inside = new Set(group)
  const ways = [[first]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of imports.get(way.at(-1) as string) ?? []) {
      if (next === first) return [...way, first]
      if (!inside.has(next) || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return null
}

test('Imports make no circles, those of types neither.', () => {
  const known = new Set(sources)
  const imports = new Map(
    sources.map(from => {
      const targets = importsOf(read(from)).map(address => targetOf(from, address))
      return [from, targets.filter((to): to is string => to !== null && known.has(to))] as const
    }),
  )
  assert.ok([...imports.values()].flat().length > 3000, 'imports are found')
  assert.deepEqual(
    circlesIn(imports).map(way => way.join(' → ')),
    [],
    'Move what both need, often a type, to a file below them.',
  )
})

test('The rule finds each circle, of whatever length, once.', () => {
  const of = (arrows: Record<string, string[]>) => circlesIn(new Map(Object.entries(arrows)))
  assert.deepEqual(of({ a: ['b', 'c'], b: ['c'], c: [], d: ['a', 'c'] }), [])
  assert.deepEqual(of({ a: ['b'], b: ['a'] }), [['a', 'b', 'a']])
  assert.deepEqual(of({ a: ['a'] }), [['a', 'a']])
  assert.deepEqual(of({ x: ['b'], c: ['d'], b: ['c', 'y'], d: ['e', 'b'], e: [], y: [] }), [
    ['b', 'c', 'd', 'b'],
  ])
  assert.deepEqual(of({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }).sort(), [
    ['a', 'b', 'a'],
    ['c', 'd', 'c'],
  ])
})
