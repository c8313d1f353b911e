import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unitTestNames } from './unit-test-names.ts'

test('The methods of a unittest are told with their class, and nothing else of it.', () => {
  const source = `import unittest
def test_alone(): pass
class Doubling(unittest.TestCase):
    def setUp(self): pass
    def test_small(self): pass
    async def test_late(self): pass
class Other(unittest.TestCase):
    def test_small(self): pass
`
  assert.deepEqual(unitTestNames('python', source), [
    'Doubling.test_small',
    'Doubling.test_late',
    'Other.test_small',
  ])
})

test('The tests of node:test are told with their suites.', () => {
  const source = `test('alone', () => {})
describe('outer', () => {
  it("isn't in", () => {})
  describe('inner', () => {
    it('deep', () => {})
  })
  test('after', () => {})
})
test(\`last \\\`one\\\`\`, () => {})
`
  assert.deepEqual(unitTestNames('javascript', source), [
    'alone',
    "outer > isn't in",
    'outer > inner > deep',
    'outer > after',
    'last `one`',
  ])
})
