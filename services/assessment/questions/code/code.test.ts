import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeBody } from '@azora/contracts/assessment/question-types/code.ts'
import { answeredFiles, code } from './code.ts'

const body = codeBody.parse({
  language: 'python',
  files: [
    { path: 'main.py', content: 'starter' },
    { path: 'data/towns.csv', content: 'seen', locked: true },
    { path: 'check.py', content: 'key-file', hidden: true },
    { path: 'part.py', content: 'second starter' },
  ],
  tests: [
    { id: 'a', title: 'Seen', stdin: '1', expected: '2' },
    {
      id: 'b',
      title: 'Unseen',
      stdin: 'key-input',
      arguments: ['key-argument'],
      expected: 'key-output',
      worth: 3,
      hidden: true,
    },
  ],
  solution: ['key-solution', 'key-solution'],
})
const given = (part: Partial<typeof body>) => code.fault({ ...body, ...part }, '<p>Double it.</p>', false)

test('Learners see neither hidden files nor more of hidden tests than their titles, nor the solution.', () => {
  const seen = code.open(body, parts => parts)
  assert.ok(!JSON.stringify(seen).includes('key-'), JSON.stringify(seen))
  assert.deepEqual(
    seen.files.map(({ path }) => path),
    ['main.py', 'data/towns.csv', 'part.py'],
  )
  assert.deepEqual(seen.hiddenTests, [{ id: 'b', title: 'Unseen', worth: 3 }])
  assert.equal(seen.tests[0]?.expected, '2')
})

test('Once the right answers are shown, the hidden tests and the solution are shown only where the author says so.', () => {
  assert.ok(!JSON.stringify([code.openAfter?.(body), code.correct(body)]).includes('key-'))
  const told = { ...body, keyShown: true }
  assert.deepEqual(code.correct(told), ['key-solution', 'key-solution'])
  assert.equal(code.openAfter?.(told).tests[1]?.expected, 'key-output')
  assert.ok(!JSON.stringify(code.openAfter?.(told)).includes('key-file'))
})

test('An answer replaces the files that learners write, in their order, and no other.', () => {
  assert.deepEqual(code.admissible(body, 'q', ['one', 'two', 'three']), ['one', 'two'])
  assert.deepEqual(
    answeredFiles(body, ['one'], true).map(({ content }) => content),
    ['one', 'seen', 'key-file', 'second starter'],
  )
  assert.deepEqual(
    answeredFiles(body, ['one', 'two'], false).map(({ content }) => content),
    ['one', 'seen', 'two'],
  )
})

test('What cannot be asked or marked is refused.', () => {
  const [main, towns] = body.files as [(typeof body.files)[0], (typeof body.files)[0]]
  assert.equal(given({}), null)
  assert.equal(given({ files: [towns] }), 'no_file_to_write')
  assert.equal(given({ files: [{ ...main, hidden: true }, main] }), 'first_file_hidden')
  assert.equal(
    given({ files: ['a', 'b', 'c', 'd'].map(path => ({ ...main, path })) }),
    'too_many_files_to_write',
  )
  assert.equal(given({ files: [main, { ...towns, path: 'main.py' }] }), 'duplicate_file')
  assert.equal(given({ files: [main, { ...towns, path: 'main.py/towns.csv' }] }), 'duplicate_file')
  assert.equal(given({ tests: [...body.tests, ...body.tests] }), 'duplicate_part')
  assert.equal(given({ solution: ['one'] }), 'solution_incomplete')
  assert.equal(given({ tests: [] }), 'no_program_test')
  assert.equal(given({ tests: body.tests.map(one => ({ ...one, worth: 0 })) }), 'no_program_test')
  assert.equal(code.fault({ ...body, tests: [] }, '', true), null)
  for (const path of ['/etc/passwd', '../main.py', '.hidden', 'a//b', '-o', 'a b'])
    assert.equal(codeBody.safeParse({ ...body, files: [{ path, content: '' }] }).success, false, path)
})

test('Unit tests are never shown, and the rules of style always are.', () => {
  const style = codeBody.parse({ ...body, style: [{ id: 's', rule: 'naming' }] }).style
  const tests = body.tests.map(one => ({ ...one, unit: `Doubling.test_${one.id}` }))
  const asked = { ...body, tests, unitTests: 'key-units', style, keyShown: true }
  const seen = code.open(asked, parts => parts)
  assert.ok(!JSON.stringify([seen, code.openAfter?.(asked), code.correct(asked)]).includes('key-units'))
  assert.equal(seen.tests[0]?.unit, 'Doubling.test_a')
  assert.ok(!JSON.stringify(seen).includes('Doubling.test_b'))
  assert.deepEqual(seen.style, style)
})

test('Unit tests and rules of style that cannot be run are refused.', () => {
  const units = body.tests.map(one => ({ ...one, unit: 'Doubling.test_small' }))
  const rule = (part: object) => codeBody.parse({ ...body, style: [{ id: 's', rule: 'naming', ...part }] })
  assert.equal(given({ tests: units, unitTests: 'import unittest' }), null)
  assert.equal(given({ tests: units }), 'unit_tests_missing')
  assert.equal(given({ tests: units, unitTests: ' ' }), 'unit_tests_missing')
  assert.equal(given({ tests: units, unitTests: 'x', language: 'sql' }), 'unit_tests_other_language')
  assert.equal(given({ style: rule({}).style, language: 'c' }), 'unit_tests_other_language')
  assert.equal(given(rule({ id: 'a' })), 'duplicate_part')
  for (const value of ['', 'two words'])
    assert.equal(given(rule({ rule: 'must_use', value })), 'style_without_value')
  for (const value of ['', '0', '7', 'many', '1e3'])
    assert.equal(given(rule({ rule: 'line_length', value })), 'style_without_value', value)
  assert.equal(given(rule({ rule: 'line_length', value: '79' })), null)
  // A rule that counts is enough.
  assert.equal(given({ ...rule({ worth: 1 }), tests: [] }), null)
  assert.equal(given({ ...rule({}), tests: [] }), 'no_program_test')
})
