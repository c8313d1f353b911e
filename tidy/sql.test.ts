import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTest, read, sources } from './repository.ts'

/** Files outside a store that hold SQL, with the reason. */
const exempt = new Map([
  [
    'bench/gradebook.ts',
    'a measurement fills a whole course past the service, and asks how its tables are read',
  ],
  ['services/education/courses/course-access.ts', 'who may author a course, with the lock that goes with it'],
  ['services/education/enrollments/progress.ts', 'progress is computed by the statement that stores it'],
])

const importsSql = /import\s*\{[^}]*\bsql\b[^}]*\}\s*from\s*'[^']*\/sql\.ts'/
const isFree = (path: string) =>
  path.endsWith('.store.ts') ||
  path.startsWith('kit/') ||
  path.startsWith('tidy/') ||
  path.startsWith('test/') ||
  isTest(path)

test('SQL stands in stores.', () => {
  const faults = sources.filter(path => !isFree(path) && !exempt.has(path) && importsSql.test(read(path)))
  assert.deepEqual(
    faults,
    [],
    'Move the statement to <noun>.store.ts as a function whose name states its cardinality.',
  )
})

test('Every exemption from the rule on SQL is still needed.', () => {
  for (const path of exempt.keys())
    assert.match(read(path), importsSql, `${path} holds no SQL any more: delete it here.`)
})
