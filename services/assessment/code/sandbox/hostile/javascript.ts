import type { Outcome } from '../program.ts'
import { type HostileProgram, program, short } from './hostile-program.ts'

const prelude = `const [secret, port] = process.argv.slice(2)
const say = text => require('node:fs').writeSync(1, text + '\\n')
const attempt = async work => {
  try { const found = await work(); say('ESCAPED ' + String(found).slice(0, 200)) }
  catch (failure) { say('HELD ' + failure) }
  process.exit(0)
}
const once = (thing, good) => new Promise((resolve, reject) => { thing.once('error', reject); thing.once(good, resolve) })
`

const held = (name: string, work: string) =>
  program('javascript', name, `${prelude}attempt(async () => ${work})\n`)

const ends = (name: string, source: string, how: Outcome[], limits = short) =>
  program('javascript', name, prelude + source, how, limits)

export const javascriptPrograms: HostileProgram[] = [
  held('reads a file of the machine', `require('node:fs').readFileSync(secret)`),
  held('imports a file of the machine', `import(secret)`),
  held('writes among the libraries', `require('node:fs').writeFileSync('/usr/lib/written', '')`),
  held('changes the program that runs it', `require('node:fs').appendFileSync('/usr/bin/node', 'x')`),
  held('fetches', `fetch('http://127.0.0.1:' + port)`),
  held('connects', `once(require('node:net').connect(Number(port), '127.0.0.1'), 'connect')`),
  held('connects by a path', `once(require('node:net').connect('\\0azora-hostile-' + port), 'connect')`),
  held('listens', `once(require('node:net').createServer().listen(0, '127.0.0.1'), 'listening')`),
  held(
    'sends a datagram',
    `once(require('node:dgram').createSocket('udp4').bind(0, '127.0.0.1'), 'listening')`,
  ),
  held('starts a shell', `require('node:child_process').execSync('id')`),
  held(
    'starts itself to read for it',
    `require('node:child_process').execFileSync('/usr/bin/node', ['-e', 'require("fs").readFileSync(process.argv[1])', secret], { stdio: 'pipe' })`,
  ),
  held('loads a library as code', `process.dlopen({ exports: {} }, secret)`),
  held('becomes root', `process.setuid(0)`),
  held(
    'has itself debugged',
    `{ require('node:inspector').open(0, '127.0.0.1', false); if (!require('node:inspector').url()) throw new Error('closed'); return 'open' }`,
  ),
  held(
    'opens a database of the machine',
    `new (require('node:sqlite').DatabaseSync)('/usr/lib/written.db').exec('create table t(x)')`,
  ),
  ends(
    'ends everything that it can',
    `
for (const pid of [1, process.ppid]) try { process.kill(pid, 'SIGKILL') } catch {}
say('HELD')
`,
    ['finished'],
  ),
  ends(
    'looks at its environment',
    `const { env } = require('node:process'); say((env.AZORA_SECRET || env.DATABASE_URL || env.USER ? 'ESCAPED ' : 'HELD ') + Object.keys(env))`,
    ['finished'],
  ),
  ends('loops', `for (;;);`, ['timed_out']),
  ends('loops in promises', `const again = () => Promise.resolve().then(again); again()`, [
    'timed_out',
    'memory_exceeded',
  ]),
  ends(
    'has signals wait',
    `for (const name of Object.keys(require('node:os').constants.signals)) try { process.on(name, () => {}) } catch {}\nfor (;;);`,
    ['timed_out'],
  ),
  ends('waits', `setInterval(() => {}, 1000)`, ['timed_out'], { ...short, wallMs: 800 } as typeof short),
  ends('has a pattern that takes for ever', `say(String(/^(a+)+$/.test('a'.repeat(64) + 'b')))`, [
    'timed_out',
  ]),
  ends(
    'takes all memory',
    `const taken = []; for (;;) taken.push(new Array(1e5).fill(taken.length))`,
    ['memory_exceeded', 'timed_out'],
    { ...short, processorMs: 3_000 },
  ),
  ends(
    'takes all memory outside of its heap',
    `const taken = []; for (;;) taken.push(Buffer.alloc(2 ** 20, 1))`,
    ['memory_exceeded'],
    { ...short, processorMs: 3_000 },
  ),
  ends(
    'takes all memory in text',
    `let text = 'x'; for (;;) text = Buffer.from(text + text).toString()`,
    ['memory_exceeded', 'failed'],
    { ...short, processorMs: 3_000 },
  ),
  ends(
    'takes all memory as WebAssembly',
    `const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); for (;;) { memory.grow(160); new Uint8Array(memory.buffer).fill(1) }`,
    ['memory_exceeded', 'failed'],
    { ...short, processorMs: 3_000 },
  ),
  ends(
    'takes all memory shared',
    `const taken = []; for (;;) { const some = new SharedArrayBuffer(2 ** 20); new Uint8Array(some).fill(1); taken.push(some) }`,
    ['memory_exceeded', 'failed'],
    { ...short, processorMs: 3_000 },
  ),
  ends(
    'starts threads without end',
    `const { Worker } = require('node:worker_threads'); for (let at = 0; at < 200; at++) new Worker('setInterval(() => {}, 1000)', { eval: true }).on('error', () => process.exit(1))`,
    ['failed', 'memory_exceeded', 'processes_exceeded', 'timed_out'],
    { ...short, processorMs: 2_000, wallMs: 6_000 } as typeof short,
  ),
  ends(
    'starts itself without end',
    `require('node:fs'); const { spawn } = require('node:child_process'); const again = () => spawn('/usr/bin/node', [__filename, secret, port]).on('error', () => {}); again(); again(); setInterval(again, 10)`,
    ['failed', 'memory_exceeded', 'processes_exceeded', 'timed_out'],
    { ...short, processorMs: 2_000, wallMs: 6_000 } as typeof short,
  ),
  ends('calls itself without end', `const again = () => again(); again()`, ['failed']),
  ends(
    'calls itself until the stack is full',
    `require('node:v8').setFlagsFromString('--stack-size=1000000'); const again = (a, b, c) => [again(b, c, a)]; again(1, 2, 3)`,
    ['failed', 'memory_exceeded', 'timed_out'],
  ),
  ends('writes output without end', `for (;;) say('x'.repeat(1000))`, ['output_exceeded']),
]

export const typescriptPrograms: HostileProgram[] = [
  program(
    'typescript',
    'reads a file of the machine',
    `import { readFileSync, writeSync } from 'node:fs'
const path: string = process.argv[2] as string
try { writeSync(1, 'ESCAPED ' + readFileSync(path, 'utf8')) } catch (failure) { writeSync(1, 'HELD ' + failure) }
`,
  ),
  program('typescript', 'has text that is no program', 'enum { '.repeat(5_000), ['failed']),
]
