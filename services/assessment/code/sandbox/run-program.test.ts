import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSandbox } from './find-sandbox.ts'
import type { Program } from './program.ts'
import { systemCallFilter } from './system-calls.ts'

const found = await findSandbox()
const lacking = (language: string) =>
  found.sandbox === null
    ? `No sandbox on this machine: ${found.reason}`
    : !found.sandbox.languages.includes(language) && `This machine does not have ${language}.`
const run = (program: Program) => (found.sandbox ?? assert.fail('No sandbox.')).run(program)
const of = (language: string, path: string, content: string) => ({ language, files: [{ path, content }] })

test('A program gets its input, its arguments and its files, in folders too.', {
  skip: lacking('python'),
}, async () => {
  const result = await run({
    language: 'python',
    files: [
      {
        path: 'main.py',
        content:
          'import sys, towns.names\nprint(input(), sys.argv[1:], open("towns/list.csv").read(), towns.names.first)',
      },
      { path: 'towns/list.csv', content: 'Maun,Gweru' },
      { path: 'towns/names.py', content: 'first = "Maun"' },
    ],
    stdin: 'Dumela\n',
    arguments: ['--count', 'two words'],
  })
  assert.equal(result.stdout, "Dumela ['--count', 'two words'] Maun,Gweru Maun\n")
  assert.deepEqual([result.outcome, result.exitCode, result.signal], ['finished', 0, null])
})

test('A program may write files of its own.', { skip: lacking('python') }, async () => {
  const { stdout } = await run(
    of(
      'python',
      'main.py',
      'open("main.py", "a").write("#")\nopen("/tmp/x", "w").write("kept")\nprint(open("x").read())',
    ),
  )
  assert.equal(stdout, 'kept\n')
})

test('A program that fails says where, and how far it came.', { skip: lacking('python') }, async () => {
  const result = await run(of('python', 'main.py', 'print("so far")\nprint(1 / 0)\n'))
  assert.deepEqual([result.outcome, result.exitCode, result.stdout], ['failed', 1, 'so far\n'])
  assert.match(result.stderr, /File "\/program\/main\.py", line 2.*ZeroDivisionError/s)
})

test('A program that does not read its input ends well all the same.', {
  skip: lacking('python'),
}, async () => {
  const result = await run({ ...of('python', 'main.py', 'print(1)'), stdin: 'x'.repeat(2 ** 20) })
  assert.equal(result.outcome, 'finished')
})

test('What was printed before the time was up is kept.', { skip: lacking('python') }, async () => {
  const result = await run({
    ...of('python', 'main.py', 'print("begun")\nwhile True: pass'),
    limits: { processorMs: 300 },
  })
  assert.deepEqual([result.outcome, result.stdout, result.exitCode], ['timed_out', 'begun\n', null])
  assert.ok((result.processorMs ?? 0) >= 300, `${result.processorMs} ms`)
})

test('Output is kept up to its limit.', { skip: lacking('python') }, async () => {
  const result = await run({
    ...of('python', 'main.py', 'while True: print("line")'),
    limits: { outputBytes: 1_000 },
  })
  assert.deepEqual([result.outcome, result.stdout.length], ['output_exceeded', 1_000])
})

test('JavaScript and TypeScript run.', { skip: lacking('javascript') }, async () => {
  const [plain, typed] = await Promise.all([
    run(of('javascript', 'main.js', 'console.log([1, 2].map(n => n * 2))')),
    run({
      language: 'typescript',
      files: [
        { path: 'main.ts', content: 'import { twice } from "./twice.ts"\nconsole.log(twice(21))' },
        { path: 'twice.ts', content: 'export const twice = (n: number): number => n * 2' },
      ],
    }),
  ])
  assert.deepEqual([plain.stdout, typed.stdout], ['[ 2, 4 ]\n', '42\n'])
})

test('SQL has a database of its own, which the other files fill first.', {
  skip: lacking('sql'),
}, async () => {
  const result = await run({
    language: 'sql',
    files: [
      { path: 'main.sql', content: "-- All;\nselect name, age from people order by age; select ';' as text" },
      {
        path: 'people.sql',
        content: `create table people (name text, age integer);
insert into people values ('Neo; the first', 30), ('Ama', null);
create trigger older after insert on people begin update people set age = age + 1; select 1; end;`,
      },
    ],
  })
  assert.equal(result.stdout, 'name\tage\nAma\tNULL\nNeo; the first\t30\ntext\n;\n')
  const wrong = await run(of('sql', 'main.sql', 'select 1;\nselect name from nowhere;'))
  assert.deepEqual([wrong.outcome, wrong.stdout], ['failed', '1\n1\n'])
  assert.equal(wrong.stderr, 'main.sql, line 2: no such table: nowhere\n')
})

test('C is compiled first, and what the compiler says is told.', { skip: lacking('c') }, async () => {
  const [good, bad] = await Promise.all([
    run({
      ...of(
        'c',
        'main.c',
        '#include <stdio.h>\nint main(void) { int n; scanf("%d", &n); printf("%d\\n", n * 2); return 3; }',
      ),
      stdin: '21',
    }),
    run(of('c', 'main.c', 'int main(void) { return nothing; }')),
  ])
  assert.deepEqual([good.outcome, good.exitCode, good.stdout], ['failed', 3, '42\n'])
  assert.equal(bad.outcome, 'not_compiled')
  assert.match(bad.stderr, /main\.c:1:\d+: error: .nothing. undeclared/)
})

test('Only the last words of an error are looked at for memory that ran out.', {
  skip: lacking('python'),
}, async () => {
  const [real, early] = await Promise.all([
    run(of('python', 'main.py', 'raise MemoryError')),
    run(
      of('python', 'main.py', 'import sys\nsys.stderr.write("\\nMemoryError\\n" + "x" * 20000)\nsys.exit(1)'),
    ),
  ])
  assert.deepEqual([real.outcome, early.outcome], ['memory_exceeded', 'failed'])
})

test('What is too large, or cannot be told to a program, is refused as input.', {
  skip: lacking('python'),
}, async () => {
  const program = of('python', 'main.py', '')
  const many = Array.from({ length: 51 }, (_, at) => ({ path: `file${at}`, content: '' }))
  for (const wrong of [
    { ...program, files: [] },
    { ...program, files: many },
    of('python', 'main.py', ' '.repeat(9 * 2 ** 20)),
    { ...program, stdin: ' '.repeat(5 * 2 ** 20) },
    { ...program, arguments: ['a\0b'] },
    { ...program, arguments: ['x'.repeat(200_000)] },
  ])
    await assert.rejects(run(wrong), { code: 'invalid_input' })
})

test('C may have data and headers beside its sources.', { skip: lacking('c') }, async () => {
  const { outcome, stderr } = await run({
    language: 'c',
    files: [
      { path: 'main.c', content: '#include "zero.h"\nint main(void) { return zero; }' },
      { path: 'zero.h', content: 'enum { zero = 0 };\n' },
      { path: 'towns.csv', content: 'Maun,Gweru\n' },
    ],
  })
  assert.equal(outcome, 'finished', stderr)
})

test('A name that every object has is no language.', { skip: lacking('python') }, async () => {
  for (const language of ['constructor', '__proto__'])
    await assert.rejects(run(of(language, 'main.py', '')), { code: 'invalid_input' })
})

test('Python waits for several things at once.', { skip: lacking('python') }, async () => {
  const source = `
import asyncio
async def twice(n):
    await asyncio.sleep(0.01 * n); return n * 2
async def main(): print(await asyncio.gather(twice(2), twice(1)))
asyncio.run(main())
`
  assert.equal((await run(of('python', 'main.py', source))).stdout, '[4, 2]\n')
})

test('A number that a program ends with is not taken for its time.', {
  skip: lacking('python'),
}, async () => {
  const result = await run(of('python', 'main.py', 'import sys\nsys.exit(152)'))
  assert.deepEqual([result.outcome, result.exitCode, result.signal], ['failed', 152, null])
})

test('A file can lie nowhere but in the folder of its program.', { skip: lacking('python') }, async () => {
  for (const path of [
    '/etc/x',
    '../x',
    'a/../../x',
    '',
    'a//b',
    '.',
    'a b',
    '-c',
    '.hidden',
    'a/.program',
    'main.py\n',
  ])
    await assert.rejects(run(of('python', path, '')), { code: 'invalid_input' })
  const twice = ['a.py', 'a.py/b.py'].map(path => ({ path, content: '' }))
  await assert.rejects(run({ language: 'python', files: twice }), { code: 'invalid_input' })
})

test('The filter of system calls is a whole one on machines that are known, and none on others.', () => {
  for (const machine of ['x64', 'arm64'] as const) {
    const filter = systemCallFilter(machine) ?? assert.fail(machine)
    assert.equal(filter.length % 8, 0)
    // Every jump leads to a step that there is, and the last step answers.
    for (let at = 0; at < filter.length / 8; at++) {
      const furthest = at + 1 + Math.max(filter.readUInt8(at * 8 + 2), filter.readUInt8(at * 8 + 3))
      assert.ok(furthest < filter.length / 8 || at === filter.length / 8 - 1)
    }
    assert.equal(filter.readUInt16LE(filter.length - 8), 0x06)
  }
  assert.equal(systemCallFilter('mips'), null)
})
