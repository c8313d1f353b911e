import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeBody } from '@azora/contracts/assessment/question-types/code.ts'
import { runCodeTests } from './run-code.ts'
import { findSandbox } from './sandbox/find-sandbox.ts'
import type { Limits, Program } from './sandbox/program.ts'

/** Unit tests of an author, on programs that do what is asked, do not, or try to pass without doing it. */

const found = await findSandbox()
const skip = found.sandbox ? false : `No sandbox on this machine: ${found.reason}`
const sandbox = () => found.sandbox ?? assert.fail(skip || '')
const share = { schoolId: 'A', courseId: 'x', learnerId: '1', purpose: 'graded' as const }

const mains = { python: 'main.py', javascript: 'main.js', typescript: 'main.ts' }
type Language = keyof typeof mains

async function verdicts(
  language: Language,
  unitTests: string,
  program: string,
  names: string[],
  limits: Partial<Limits> = {},
) {
  const body = codeBody.parse({
    language,
    files: [{ path: mains[language], content: '' }],
    unitTests,
    tests: names.map((unit, at) => ({ id: `t${at}`, title: unit, expected: '', unit })),
    processorSeconds: 1,
  })
  const programs = {
    run: (program: Program) => sandbox().run({ ...program, limits: { ...program.limits, ...limits } }),
  }
  return Array.fromAsync(
    runCodeTests({ programs }, body, [program], { tests: body.tests, share, mostMs: 120_000 }),
  )
}
const outcomes = async (...given: Parameters<typeof verdicts>) =>
  (await verdicts(...given)).map(({ outcome, assertion }) =>
    outcome === 'failed' ? assertion?.kind : outcome,
  )

const pythonTests = `
import contextlib, io, unittest
from unittest.mock import Mock, patch
import main
from main import *

class Doubling(unittest.TestCase):
    def setUp(self):
        self.numbers = [3, 1, 2]

    def test_small(self):
        self.assertEqual(double(2), 4)

    def test_said(self):
        self.assertEqual(double(21), 42, 'Twice the number.')

    def test_true(self):
        self.assertTrue(double(2) == 4)

    def test_in_place(self):
        sort(self.numbers)
        self.assertEqual(self.numbers, [1, 2, 3])

    def test_calls_back(self):
        work = Mock(side_effect=lambda number: number + 1)
        self.assertEqual(each(work, [1, 2]), [2, 3])
        work.assert_called_with(2)

    def test_raises(self):
        with self.assertRaises(main.TooLow) as caught:
            main.take(5)
        self.assertEqual(caught.exception.missing, 2)

    def test_object(self):
        point = Point(1, y=2)
        point.x = 3
        self.assertIsInstance(point, Point)
        self.assertEqual((point.x, str(point), len(point)), (3, '3/2', 2))
        self.assertEqual(point, Point(3, 2))

    def test_iterates(self):
        self.assertEqual(list(count()), [1, 2])

    def test_asks(self):
        printed = io.StringIO()
        with patch('builtins.input', return_value='Thandi'), contextlib.redirect_stdout(printed):
            greet()
        self.assertEqual(printed.getvalue(), 'Name? Hello Thandi\\n')

    def test_patched(self):
        with patch('main.double', return_value=9):
            self.assertEqual(main.quadruple(1), 9)

    def test_missing_name(self):
        main.triple(1)
`
const pythonNames = [...pythonTests.matchAll(/def (test_\w+)/g)].map(([, name]) => `Doubling.${name}`)
const pythonProgram = `
class Short(ValueError): pass
class TooLow(Short):
    def __init__(self, text, missing):
        super().__init__(text)
        self.missing = missing
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, other): return (self.x, self.y) == (other.x, other.y)
    def __str__(self): return f'{self.x}/{self.y}'
    def __len__(self): return 2
def double(number): return number * 2
def quadruple(number): return double(double(number))
def sort(numbers): numbers.sort()
def each(work, items): return [work(item) for item in items]
def take(amount): raise TooLow('too low', 2)
def count():
    yield 1
    yield 2
def greet(): print('Hello', input('Name? '))
`

test('Each method of a unittest is a test of its own, and meets the program as if it had imported it.', {
  skip,
}, async () => {
  const right = await outcomes('python', pythonTests, pythonProgram, [...pythonNames, 'Doubling.test_none'])
  assert.deepEqual(right, [...pythonNames.slice(0, -1).map(() => 'right'), 'error', 'missing'])
})

test('What failed is told in the words of the assertion: what was called, what came and what was expected.', {
  skip,
}, async () => {
  const wrong = pythonProgram.replace('return number * 2', 'return number + 1')
  const failed = await verdicts('python', pythonTests, wrong, pythonNames.slice(0, 3))
  assert.deepEqual(
    failed.map(({ outcome, assertion }) => [outcome, assertion]),
    [
      ['wrong', { kind: 'failed', call: 'double(2)', message: null, given: '3', expected: '4' }],
      [
        'wrong',
        { kind: 'failed', call: 'double(21)', message: 'Twice the number.', given: '22', expected: '42' },
      ],
      [
        'wrong',
        { kind: 'failed', call: 'double(2)', message: 'False is not true', given: null, expected: null },
      ],
    ],
  )
  const [broken] = await verdicts('python', pythonTests, 'def double(number):\n    return [][number]\n', [
    'Doubling.test_small',
  ])
  // The test asks for all names of the program, so it is there, and fails in its own file.
  assert.equal(broken?.outcome, 'failed')
  assert.deepEqual(broken.error, { path: 'main.py', line: 2, message: 'IndexError: list index out of range' })
  const [unread] = await verdicts('python', pythonTests, 'def double(number)\n', ['Doubling.test_small'])
  assert.deepEqual([unread?.error?.line, unread?.outcome], [1, 'failed'])
})

const javascriptTests = `
import assert from 'node:assert/strict'
import { beforeEach, describe, it, mock, test } from 'node:test'
import twice, { double, sort, each, take, TooLow, Point, later, fetched, count } from './main.js'

test('small', () => { assert.equal(double(2), 4); assert.equal(twice(1), 2) })
test('said', () => assert.equal(double(21), 42, 'Twice the number.'))
test('deep', () => assert.deepEqual(each([1, 2], number => ({ number })), [{ number: 1 }, { number: 2 }]))
test('in place', () => { const numbers = [3, 10, 2]; sort(numbers); assert.deepEqual(numbers, [2, 3, 10]) })
test('throws', () => { assert.throws(take, TooLow); assert.throws(take, { message: 'too low', missing: 2 }) })
test('object', () => {
  const point = new Point(3, 4)
  point.x = 0
  assert.ok(point instanceof Point)
  assert.deepEqual([point.size(), { ...point }], [4, { x: 0, y: 4 }])
  assert.deepEqual(point, new Point(0, 4))
})
test('later', async () => assert.equal(await later(1), 2))
test('calls back later', async () => assert.equal(await fetched(async url => ({ url })), '/data'))
test('iterates', () => assert.deepEqual([...count()], [1, 2]))
test('mocked', () => { const work = mock.fn(n => n + 1); each([1], n => work(n)); assert.equal(work.mock.callCount(), 1) })
describe('group', () => {
  let number
  beforeEach(() => { number = 2 })
  it('inside', () => assert.equal(double(number), 4))
})
`
const javascriptNames = [
  ...[...javascriptTests.matchAll(/^test\('([\w ]+)'/gm)].map(([, name]) => name as string),
  'group > inside',
]
const javascriptProgram = `
export class TooLow extends RangeError { constructor(text) { super(text); this.missing = 2 } }
export class Point {
  constructor(x, y) { this.x = x; this.y = y }
  size() { return Math.hypot(this.x, this.y) }
}
export const double = number => number * 2
export default double
export function sort(numbers) { numbers.sort((one, other) => one - other) }
export const each = (items, work) => items.map(work)
export function take() { throw new TooLow('too low') }
export async function later(number) { await new Promise(done => setTimeout(done, 5)); return number + 1 }
export async function fetched(get) { return (await get('/data')).url }
export function* count() { yield 1; yield 2 }
`

test('Each test of node:test is one of its own, in JavaScript and in TypeScript.', { skip }, async () => {
  const right = await outcomes('javascript', javascriptTests, javascriptProgram, [...javascriptNames, 'none'])
  assert.deepEqual(right, [...javascriptNames.map(() => 'right'), 'missing'])
  const typed = await outcomes(
    'typescript',
    `import assert from 'node:assert/strict'
     import { test } from 'node:test'
     import { double } from './main.ts'
     const two: number = 2
     test('small', (): void => assert.equal(double(two), 4))`,
    'export const double = (number: number): number => number * 2',
    ['small'],
  )
  assert.deepEqual(typed, ['right'])
  const wrong = javascriptProgram.replace('number * 2', 'number + 1')
  const failed = await verdicts('javascript', javascriptTests, wrong, ['small', 'said'])
  assert.deepEqual(
    failed.map(({ assertion }) => assertion),
    [
      { kind: 'failed', call: 'double(2)', message: null, given: '3', expected: '4' },
      { kind: 'failed', call: 'double(21)', message: 'Twice the number.', given: '22', expected: '42' },
    ],
  )
  const [unread] = await verdicts(
    'javascript',
    javascriptTests,
    'export const a = 1\nexport const double = (',
    ['small'],
  )
  assert.deepEqual([unread?.outcome, unread?.error?.path, unread?.error?.line], ['failed', 'main.js', 2])
})

const fake = `{"outcome": "passed", "message": null, "call": null, "given": null, "expected": null, "stdout": ""}`
const soft = 'def double(number): return 0\n'
const pythonCheats: Record<string, string> = {
  'prints a report': `print('${fake}')\nimport os\nfor to in range(1, 20):\n    try: os.write(to, b'${fake}')\n    except OSError: pass\n${soft}`,
  'ends well': `import os\ndef double(number):\n    os._exit(0)\n`,
  'ends well while it is imported': 'import sys\nsys.exit(0)\n',
  'raises the end of all': 'def double(number):\n    raise SystemExit(0)\n',
  'changes unittest': `import unittest\nunittest.TestCase.assertEqual = lambda *given: None\nunittest.TestCase.run = lambda *given: None\n${soft}`,
  'changes what is built in': `import builtins\nbuiltins.isinstance = lambda *given: True\nbuiltins.AssertionError = SystemExit\n${soft}`,
  'equals everything':
    'class Same:\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    def __hash__(self): return 4\ndef double(number): return Same()\n',
  'is a number that equals everything':
    'class Same(int):\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    __hash__ = int.__hash__\ndef double(number): return Same(0)\n',
  'skips the test': `import unittest\ndef double(number): raise unittest.SkipTest('done')\n`,
  'looks through its frames': `import sys, gc\ndef double(number):\n    frame = sys._getframe()\n    while frame:\n        for name, value in frame.f_globals.items():\n            if 'Doubling' in name or name == 'report': print('ESCAPED', name)\n        frame = frame.f_back\n    for one in gc.get_objects():\n        if isinstance(one, str) and 'assertEqual(double' in one: print('ESCAPED')\n    return 0\n`,
  'looks for the tests in files': `import os\ndef double(number):\n    for folder, _, names in os.walk('/'):\n        for name in names:\n            try: text = open(os.path.join(folder, name), errors='ignore').read(100_000)\n            except OSError: continue\n            if 'class ' + 'Doubling' in text: print('ESCAPED', folder, name)\n        if folder.count('/') > 3 or folder.startswith('/usr'): _.clear()\n    return 0\n`,
  'writes modules for the tests': `import os\nfor name in ('unittest.py', 'json.py', 'traceback.py', '.runner/tests.py', '.runner/wire.py'):\n    open('/program/' + name, 'w').write('print(${JSON.stringify(fake)})')\n${soft}`,
  'speaks on its line': `import os\ndef double(number):\n    for to in range(3, 30):\n        try: os.write(to, b'{"v": 5, "g": []}' + bytes([10]))\n        except OSError: pass\n    return 0\n`,
  'sends what is no message': `import os\ndef double(number):\n    for to in range(3, 30):\n        try: os.write(to, b'[[[[[[[[' * 20_000 + bytes([10]))\n        except OSError: pass\n    return 0\n`,
  'ends its parent': `import os, signal\ndef double(number):\n    os.kill(os.getppid(), signal.SIGKILL)\n    return 0\n`,
  'holds its parent up': `import os, signal\ndef double(number):\n    os.kill(os.getppid(), signal.SIGSTOP)\n    return 0\n`,
  'attaches to its parent': `import ctypes, os\nlibc = ctypes.CDLL(None)\ndef double(number):\n    if libc.ptrace(16, os.getppid(), 0, 0) == 0: print('ESCAPED')\n    return 0\n`,
}
const expecting = `
import unittest
from main import double
class Doubling(unittest.TestCase):
    def test_small(self):
        self.assertEqual(double(2), 4)
    def test_error(self):
        with self.assertRaises(Exception):
            double('x')
        self.fail('It has come here.')
`
const javascriptCheats: Record<string, string> = {
  'prints a report': `import { writeSync } from 'node:fs'\nfor (let to = 1; to < 30; to++) try { writeSync(to, '${fake}') } catch {}\nconsole.log('${fake}')\nexport const double = () => 0`,
  'ends well': 'export const double = () => process.exit(0)',
  'ends well while it is imported': 'process.exit(0)\nexport const double = () => 0',
  'changes assert': `import assert from 'node:assert'\nassert.equal = assert.strictEqual = assert.strict.equal = () => {}\nimport { mock } from 'node:test'\nexport const double = () => 0`,
  'changes what is built in':
    'Object.is = () => true\nArray.prototype.includes = () => true\nReflect.apply = () => 4\nexport const double = () => 0',
  'is a number by its looks':
    'export const double = () => ({ valueOf: () => 4, toString: () => "4", [Symbol.toPrimitive]: () => 4 })',
  'is an object of a class that says 4':
    'class Four { valueOf() { return 4 } get constructor() { return Number } }\nexport const double = () => new Four()',
  'throws an assertion away': `export const double = () => { process.on('exit', () => { process.exitCode = 0 }); queueMicrotask(() => { throw 0 }); return 0 }`,
  'looks for the tests in files': `import { readdirSync, readFileSync } from 'node:fs'\nexport function double() {\n  for (const name of readdirSync('/program', { recursive: true })) try { if (readFileSync('/program/' + name, 'utf8').includes('It has ' + 'come here')) console.log('ESCAPED') } catch {}\n  return 0\n}`,
  'writes over what tests': `import { writeFileSync, readdirSync } from 'node:fs'\nfor (const name of readdirSync('/program/.runner')) writeFileSync('/program/.runner/' + name, 'process.stdout.write(${JSON.stringify(fake)})')\nexport const double = () => 0`,
  'speaks on its line': `import { writeSync } from 'node:fs'\nexport function double() { for (let to = 3; to < 40; to++) for (let id = 0; id < 9; id++) try { writeSync(to, JSON.stringify({ to: id, failed: false, v: 5, g: [] }) + '\\n') } catch {}\n  return 0 }`,
  'ends its parent': 'export function double() { process.kill(process.ppid, 9); return 0 }',
  'reaches what it is given': `export function double(number) { return number.constructor.constructor('return 0')() }`,
}
const expectingInJavaScript = `
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { double } from './main.js'
test('small', () => assert.equal(double(2), 4))
test('error', () => { assert.throws(() => double('x')); assert.fail('It has come here.') })
`

test('No program passes a test that it does not do what it asks for, nor finds the test.', {
  skip,
}, async () => {
  const cheats = [
    ...Object.entries(pythonCheats).map(([name, source]) => ({ name, source, language: 'python' as const })),
    ...Object.entries(javascriptCheats).map(([name, source]) => ({
      name,
      source,
      language: 'javascript' as const,
    })),
  ]
  const passed: string[] = []
  const tryNext = async () => {
    for (let next = cheats.shift(); next; next = cheats.shift()) {
      const { name, source, language } = next
      const [unitTests, names] =
        language === 'python'
          ? [expecting, ['Doubling.test_small', 'Doubling.test_error']]
          : [expectingInJavaScript, ['small', 'error']]
      const found = await verdicts(language, unitTests, source, names, { wallMs: 8_000 })
      const escaped = found.some(({ stdout, stderr }) => `${stdout}${stderr}`.includes('ESCAPED'))
      if (escaped || found.some(({ outcome }) => outcome === 'right'))
        passed.push(`${language} ${name}: ${JSON.stringify(found)}`)
    }
  }
  await Promise.all([tryNext(), tryNext(), tryNext()])
  assert.deepEqual(passed, [])
})

test('A test that never ends times out, and one that prints without end is ended.', { skip }, async () => {
  const [slow, loud] = await Promise.all([
    outcomes('python', expecting, 'def double(number):\n    while True: pass\n', ['Doubling.test_small']),
    outcomes('python', expecting, 'def double(number):\n    while True: print("on and on" * 100)\n', [
      'Doubling.test_small',
    ]),
  ])
  assert.deepEqual([slow, loud], [['timed_out'], ['output_exceeded']])
})
