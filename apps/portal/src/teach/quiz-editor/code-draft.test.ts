import assert from 'node:assert/strict'
import { it } from 'node:test'
import {
  codeBodyOf,
  codeDraftOf,
  freePath,
  inLanguage,
  isPath,
  newCode,
  newFile,
  newStyle,
  newTest,
  newUnitTest,
} from './code-draft.ts'

const draft = () => ({
  ...newCode(),
  files: [
    { ...newFile('main.py', 'write'), content: 'begin', solution: 'right' },
    { ...newFile('towns.csv', 'read'), content: 'Lusaka' },
    { ...newFile('check.py', 'hidden'), content: 'secret' },
    { ...newFile('part.py', 'write'), content: 'part' },
  ],
})

it('a solution has a text for each file that learners write, and what the file begins with where none was given', () => {
  const body = codeBodyOf(draft())
  assert.deepEqual(body.solution, ['right', 'part'])
  assert.deepEqual(
    body.files.map(({ path, locked, hidden }) => [path, locked, hidden]),
    [
      ['main.py', false, false],
      ['towns.csv', true, false],
      ['check.py', false, true],
      ['part.py', false, false],
    ],
  )
})

it('without a solution none is saved', () => {
  const files = draft().files.map(file => ({ ...file, solution: ' ' }))
  assert.deepEqual(codeBodyOf({ ...draft(), files }).solution, [])
})

it('what was saved is edited as it was written, each solution in its file', () => {
  const again = codeDraftOf(codeBodyOf(draft()))
  assert.deepEqual(
    again.files.map(({ path, use, solution }) => [path, use, solution]),
    [
      ['main.py', 'write', 'right'],
      ['towns.csv', 'read', ''],
      ['check.py', 'hidden', ''],
      ['part.py', 'write', 'part'],
    ],
  )
})

it('a test without a name is called by its number', () => {
  assert.deepEqual(
    codeBodyOf(newCode()).tests.map(({ title }) => title),
    ['1'],
  )
})

it('a test without a name takes its new number when one before it is removed, one with a name keeps it', () => {
  const saved = codeBodyOf({ ...newCode(), tests: [newTest(), newTest(), { ...newTest(), title: 'Large' }] })
  const again = codeDraftOf(saved)
  assert.deepEqual(
    codeBodyOf({ ...again, tests: again.tests.slice(1) }).tests.map(({ title }) => title),
    ['1', 'Large'],
  )
})

it('the usual name of the first file follows the language, one of its own does not', () => {
  assert.equal(inLanguage(newCode(), 'c').files[0]?.path, 'main.c')
  const own = { ...newCode(), files: [newFile('fares.py', 'write')] }
  assert.equal(inLanguage(own, 'c').files[0]?.path, 'fares.py')
})

it('a new file gets a name that none has', () => {
  const files = [newFile('main.py', 'write'), newFile('file2.py', 'read')]
  assert.equal(freePath({ ...newCode(), files }), 'file3.py')
})

it('a path stays within the folder of the program', () => {
  for (const path of ['main.py', 'data/towns.csv', 'a-b_c.txt']) assert.ok(isPath(path), path)
  for (const path of ['', '/etc', '../x', '.hidden', 'a b', '-o']) assert.ok(!isPath(path), path)
})

it('unit tests and rules of style are saved in languages that have them, each test under a name in words', () => {
  const tests = [newUnitTest('Doubling.test_small_number'), newUnitTest('group > is small')]
  const written = { ...newCode(), tests, unitTests: 'import unittest', style: [newStyle()] }
  const body = codeBodyOf(written)
  assert.deepEqual([body.unitTests, body.style?.length], ['import unittest', 1])
  assert.deepEqual(
    body.tests.map(({ title, unit }) => [title, unit]),
    [
      ['small number', 'Doubling.test_small_number'],
      ['is small', 'group > is small'],
    ],
  )
  const other = codeBodyOf({ ...written, language: 'c' })
  assert.deepEqual([other.unitTests, other.style], [undefined, undefined])
  assert.equal('style' in codeBodyOf({ ...written, style: [] }), false)
})
