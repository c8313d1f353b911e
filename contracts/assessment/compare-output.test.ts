import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareOutput } from './compare-output.ts'
import { outputComparisons as comparisons } from './question-types/code.ts'

test('How lines end, and whether the last one does, never counts.', () => {
  for (const how of comparisons) assert.equal(compareOutput('one\r\ntwo', 'one\ntwo\n', how), null)
})

test('Spaces at the ends of lines and empty lines at the end count only where each character does.', () => {
  assert.equal(compareOutput('one  \ntwo\n\n\n', 'one\ntwo\n', 'lines'), null)
  assert.deepEqual(compareOutput('one \n', 'one\n', 'exact'), {
    line: 1,
    given: 'one ',
    expected: 'one',
    only: 'spaces',
  })
})

test('Words are compared in their order, however they are spaced.', () => {
  assert.equal(compareOutput('  a\n\nb   c', 'a b c', 'words'), null)
  assert.deepEqual(compareOutput('a\nb', 'a b c', 'words'), {
    line: 2,
    given: null,
    expected: 'c',
    only: null,
  })
})

test('Numbers are equal that are near, and words beside them have to be the same.', () => {
  assert.equal(compareOutput('mean 0.30000000000000004', 'mean 0.3', 'numbers'), null)
  assert.equal(compareOutput('1e3', '1000', 'numbers'), null)
  assert.equal(compareOutput('0.31', '0.3', 'numbers', 0.1), null)
  assert.equal(compareOutput('0.31', '0.3', 'numbers')?.given, '0.31')
  for (const word of ['nan', 'Infinity', '0x10', '', '1,0', '1e999', '-1e999'])
    assert.notEqual(compareOutput(word, '16', 'numbers'), null)
  assert.equal(compareOutput('1e999', '1e999', 'numbers'), null)
})

test('The first line that differs is told, and whether it is only case or spaces.', () => {
  assert.deepEqual(compareOutput('a\nhello  World\n', 'a\nHello World\n', 'lines'), {
    line: 2,
    given: 'hello  World',
    expected: 'Hello World',
    only: 'case',
  })
  assert.deepEqual(compareOutput('a\n', 'a\nb\n', 'lines'), {
    line: 2,
    given: null,
    expected: 'b',
    only: null,
  })
  assert.deepEqual(compareOutput('', 'b\n', 'lines'), { line: 1, given: null, expected: 'b', only: null })
  assert.deepEqual(compareOutput('a\nb\n', 'a\n', 'lines'), {
    line: 2,
    given: 'b',
    expected: null,
    only: null,
  })
})

test('An output is right against itself, whatever it is; a stricter comparison finds no less.', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'A', ' ', '\n', '\r\n', '1', '.'), maxLength: 40 })
  fc.assert(
    fc.property(text, text, (one, other) => {
      for (const how of comparisons) assert.equal(compareOutput(one, one, how), null)
      const [exact, lines, words, numbers] = comparisons.map(how => compareOutput(one, other, how) === null)
      assert.ok((!exact || lines) && (!lines || words) && (!words || numbers))
    }),
  )
})
