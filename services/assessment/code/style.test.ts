import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeBody } from '@azora/contracts/assessment/question-types/code.ts'
import type { z } from 'zod'
import { marksOfTests } from '../marking/programs/marks-of-tests.ts'
import { runCodeTests } from './run-code.ts'
import { findSandbox } from './sandbox/find-sandbox.ts'

/** Rules of style, on programs as they are written. */

const found = await findSandbox()
const skip = found.sandbox ? false : `No sandbox on this machine: ${found.reason}`
const share = { schoolId: 'A', courseId: 'x', learnerId: '1', purpose: 'graded' as const }
type Rule = z.input<typeof codeBody>['style']

async function told(language: 'python' | 'javascript' | 'typescript', program: string, style: Rule) {
  const endings = { python: 'py', javascript: 'js', typescript: 'ts' }
  const body = codeBody.parse({
    language,
    files: [{ path: `main.${endings[language]}`, content: '' }],
    tests: [],
    style,
  })
  const programs = found.sandbox ?? assert.fail(skip || '')
  const verdicts = await Array.fromAsync(
    runCodeTests({ programs }, body, [program], { tests: body.tests, share, mostMs: 60_000 }),
  )
  return marksOfTests(body, verdicts)
}
const rules = (...given: [NonNullable<Rule>[number]['rule'], string?][]): Rule =>
  given.map(([rule, value = ''], at) => ({ id: `s${at}`, rule, value, worth: at }))
const places = async (...given: Parameters<typeof told>) =>
  (await told(...given)).map(({ reason, place }) =>
    reason === 'style_broken' && place ? [place.line, place.message] : reason,
  )

const python = `import math

LIMIT = 10

def Total(numbers):
    result = 0
    for number in numbers:
        result += math.sqrt(number)
    return result

def down(n):
    """Counts down."""
    return n if n == 0 else down(n - 1)

someName = [n for n in range(3)]
if someName:
\tprint(someName)
`

test('A rule of style says where a Python program first does not keep it.', { skip }, async () => {
  const asked = rules(
    ['must_use', 'for'],
    ['must_use', 'while'],
    ['must_not_use', 'math.sqrt'],
    ['must_not_use', 'sqrt'],
    ['must_not_use', 'sum'],
    ['must_use', 'recursion'],
    ['must_not_use', 'comprehension'],
    ['line_length', '40'],
    ['docstrings'],
  )
  assert.deepEqual(await places('python', python, asked), [
    'style_kept',
    'style_broken',
    [8, 'math.sqrt'],
    [8, 'sqrt'],
    'style_kept',
    'style_kept',
    [15, 'comprehension'],
    'style_kept',
    [5, 'Total'],
  ])
  assert.deepEqual(
    await places('python', python, rules(['naming'], ['no_mixed_tabs'], ['line_length', '37'])),
    [
      [5, 'Total'],
      [17, ''],
      [13, '39'],
    ],
  )
})

const javascript = `import fs from 'node:fs'

/** Adds. */
function total(numbers) {
  let Result_x = 0
  for (const number of numbers) Result_x += Math.sqrt(number)
  return Result_x
}

const down = n => (n === 0 ? n : down(n - 1))
class shape {}
`

test('The same of JavaScript, and of TypeScript with its types.', { skip }, async () => {
  const asked = rules(
    ['must_use', 'for'],
    ['must_use', 'while'],
    ['must_not_use', 'Math.sqrt'],
    ['must_use', 'recursion'],
    ['must_not_use', 'class'],
    ['must_not_use', 'let'],
    ['docstrings'],
    ['naming'],
    ['no_mixed_tabs'],
  )
  const expected = [
    'style_kept',
    'style_broken',
    [6, 'Math.sqrt'],
    'style_kept',
    [11, 'class'],
    [5, 'let'],
    [10, 'down'],
    [5, 'Result_x'],
    'style_kept',
  ]
  assert.deepEqual(await places('javascript', javascript, asked), expected)
  const typed = javascript
    .replace('numbers)', 'numbers: number[]): number')
    .replace('n =>', '(n: number): number =>')
  assert.deepEqual(await places('typescript', typed, asked), expected)
})

test('A program that cannot be read keeps no rule, and a rule that is worth nothing costs nothing.', {
  skip,
}, async () => {
  const asked = rules(['must_not_use', 'for'], ['naming'])
  for (const [language, program] of [
    ['python', 'def double(\n'],
    ['javascript', 'const a = 1\nconst double = ('],
    // Deeper than any parser follows.
    ['python', `${'('.repeat(10_000)}`],
    ['javascript', `x = ${'['.repeat(15_000)}`],
  ] as const) {
    const marks = await told(language, program, asked)
    assert.deepEqual(
      marks.map(({ worth, earned, reason }) => [worth, earned, reason]),
      [
        [0, 0, 'program_failed'],
        [1, 0, 'program_failed'],
      ],
    )
  }
  const [kept, remark] = await told(
    'python',
    'for n in "ab": print(n)\n',
    rules(['must_use', 'for'], ['must_not_use', 'for']),
  )
  assert.deepEqual([kept?.earned, remark?.worth, remark?.earned], [0, 1, 0])
})

test('Nothing of a program is run for its style.', { skip }, async () => {
  const marks = await told('python', 'print(1 / 0)\nimport os\nos._exit(3)\n', rules(['must_use', 'print']))
  assert.deepEqual(
    marks.map(({ reason }) => reason),
    ['style_kept'],
  )
})
