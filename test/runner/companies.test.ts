import assert from 'node:assert/strict'
import { test } from 'node:test'
import { companies } from './companies.ts'

const texts: Record<string, string> = {
  'kit/clock.test.ts': "import { mock, test } from 'node:test'",
  'kit/sum.test.ts': 'process.env.AZORA_TEST_URL',
  'services/auth/child.test.ts': "process.on('exit', () => {})",
  'services/auth/a/one.test.ts': '',
  'services/auth/b/two.test.ts': '',
  'services/auth/b/three.test.ts': '',
  'services/education/four.test.ts': '',
}
const files = Object.keys(texts)
const textOf = (file: string) => texts[file] ?? ''

test('Files that lie near each other share a process, but for those that use what it has once.', () => {
  assert.deepEqual(companies(files, textOf), [
    ['kit/clock.test.ts'],
    ['services/auth/child.test.ts'],
    ['kit/sum.test.ts'],
    ['services/auth/a/one.test.ts', 'services/auth/b/two.test.ts', 'services/auth/b/three.test.ts'],
    ['services/education/four.test.ts'],
  ])
})

test('No company has more than it may, and each file is in one.', () => {
  const found = companies(files, textOf, 2)
  assert.ok(found.every(({ length }) => length <= 2))
  assert.deepEqual(found.flat().sort(), [...files].sort())
})
