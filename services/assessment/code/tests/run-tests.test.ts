import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSandbox } from '../sandbox/find-sandbox.ts'
import type { Program, ProgramResult } from '../sandbox/program.ts'
import { type ProgramTest, runTests } from './run-tests.ts'

const found = await findSandbox()
const lacking = (language: string) =>
  found.sandbox === null
    ? `No sandbox on this machine: ${found.reason}`
    : !found.sandbox.languages.includes(language) && `This machine does not have ${language}.`
const run = (program: Program) => (found.sandbox ?? assert.fail('No sandbox.')).run(program)

/** With one set of files for all tests, and as long as it takes. */
const judged = (
  runOne: (program: Program) => Promise<ProgramResult>,
  program: Pick<Program, 'language' | 'files'>,
  tests: ProgramTest[],
  mostMs = Number.POSITIVE_INFINITY,
) => Array.fromAsync(runTests(runOne, () => program, tests, mostMs))

const twice = (stdin: string, expected: string): ProgramTest => ({
  id: stdin,
  stdin,
  expected,
  comparison: 'lines',
  worth: 2,
})

test('Each test is judged by itself: right, wrong with the place, or failed with the line.', {
  skip: lacking('python'),
}, async () => {
  const content = `
n = input()
if n == 'three': raise ValueError('no number: ' + n)
print(int(n) * 2 if n != '7' else 'Fourteen')
`
  const verdicts = await judged(run, { language: 'python', files: [{ path: 'main.py', content }] }, [
    twice('2', '4\n'),
    twice('7', 'fourteen\n'),
    twice('three', '6\n'),
  ])
  assert.deepEqual(
    verdicts.map(({ testId, outcome, worth, earned }) => [testId, outcome, earned, worth]),
    [
      ['2', 'right', 2, 2],
      ['7', 'wrong', 0, 2],
      ['three', 'failed', 0, 2],
    ],
  )
  assert.deepEqual(verdicts[1]?.difference, {
    line: 1,
    given: 'Fourteen',
    expected: 'fourteen',
    only: 'case',
  })
  assert.deepEqual(verdicts[2]?.error, { path: 'main.py', line: 3, message: 'ValueError: no number: three' })
})

const faults: { language: string; path: string; content: string; line: number; message: RegExp }[] = [
  { language: 'python', path: 'main.py', content: 'x = 1\nprint(x +)\n', line: 2, message: /^SyntaxError: / },
  {
    language: 'javascript',
    path: 'main.js',
    content: 'let x = 1\nx.y.z()\n',
    line: 2,
    message: /^TypeError: .*undefined/,
  },
  {
    language: 'javascript',
    path: 'main.js',
    content: 'let x = 1\nlet x = 2\n',
    line: 2,
    message: /^SyntaxError: .*declared/,
  },
  {
    language: 'typescript',
    path: 'main.ts',
    content: 'const x: any = 1\n\nx.y.z()\n',
    line: 3,
    message: /^TypeError: /,
  },
  {
    language: 'sql',
    path: 'main.sql',
    content: 'select 1;\n\nselect x from y;\n',
    line: 3,
    message: /no such table: y/,
  },
  {
    language: 'c',
    path: 'main.c',
    content: 'int main(void) {\n  return x;\n}\n',
    line: 2,
    message: /undeclared/,
  },
]

for (const { language, path, content, line, message } of faults) {
  test(`The line of an error is found: ${language}, ${message.source}.`, {
    skip: lacking(language),
  }, async () => {
    const [verdict] = await judged(run, { language, files: [{ path, content }] }, [twice('', '')])
    assert.deepEqual([verdict?.error?.path, verdict?.error?.line], [path, line], verdict?.stderr)
    assert.match(verdict?.error?.message ?? '', message)
  })
}

test('What cannot be compiled is tried once, and fails every test.', async () => {
  let tried = 0
  const verdicts = await judged(
    async () => {
      tried += 1
      return { outcome: 'not_compiled', stdout: '', stderr: 'main.c:4:2: error: expected ;' } as ProgramResult
    },
    { language: 'c', files: [] },
    [twice('1', '2'), twice('2', '4')],
  )
  assert.equal(tried, 1)
  assert.deepEqual(
    verdicts.map(({ outcome, error }) => [outcome, error?.line]),
    [
      ['not_compiled', 4],
      ['not_compiled', 4],
    ],
  )
})

test('Tests that come after the time is used up are not run.', async () => {
  let tried = 0
  const slow = async () => {
    tried += 1
    return { outcome: 'timed_out', stdout: '', stderr: '', wallMs: 600 } as ProgramResult
  }
  const tests = ['1', '2', '3'].map(number => twice(number, number))
  const verdicts = await judged(slow, { language: 'python', files: [] }, tests, 1_000)
  assert.equal(tried, 2)
  assert.deepEqual(
    verdicts.map(({ testId, outcome, earned }) => [testId, outcome, earned]),
    [
      ['1', 'timed_out', 0],
      ['2', 'timed_out', 0],
      ['3', 'not_run', 0],
    ],
  )
})
