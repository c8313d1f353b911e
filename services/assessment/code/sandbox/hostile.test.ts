import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { bubblewrapCommand, type Call } from './bubblewrap.ts'
import { bubblewrapWall, findSandbox } from './find-sandbox.ts'
import type { HostileProgram } from './hostile/hostile-program.ts'
import { javascriptPrograms, typescriptPrograms } from './hostile/javascript.ts'
import { nativePrograms, sqlPrograms } from './hostile/native.ts'
import { pythonPrograms } from './hostile/python.ts'
import type { Program, ProgramResult } from './program.ts'
import { runProgram } from './run-program.ts'

/** Programs that try to get out, against the wall of this machine, and against walls with a hole. */

const all = [
  ...pythonPrograms,
  ...javascriptPrograms,
  ...typescriptPrograms,
  ...nativePrograms,
  ...sqlPrograms,
]
const found = await findSandbox()
// What is not tested is said by its name, with the reason: a machine that cannot make namespaces has no wall to try.
const skip = found.sandbox ? false : `No sandbox on this machine: ${found.reason}`
type Run = (program: Program) => Promise<ProgramResult>

const canary = 'What nobody inside may read.'
let folder = ''
let secret = ''
let port = 0
let reached = 0
const servers = [createServer(), createServer()]

before(async () => {
  folder = await mkdtemp('/var/tmp/azora-hostile-')
  // Nothing but the wall keeps anyone from reading it.
  await chmod(folder, 0o755)
  secret = join(folder, 'secret')
  await writeFile(secret, canary, { mode: 0o644 })
  const [byPort, byName] = servers as [(typeof servers)[0], (typeof servers)[0]]
  for (const server of servers)
    server.on('connection', socket => {
      reached += 1
      socket.destroy()
    })
  await new Promise<void>(resolve => byPort.listen(0, '127.0.0.1', resolve))
  port = (byPort.address() as { port: number }).port
  await new Promise<void>(resolve => byName.listen(`\0azora-hostile-${port}`, resolve))
})

after(async () => {
  for (const server of servers) server.close()
  await rm(folder, { recursive: true })
})

async function tryProgram(run: Run, program: HostileProgram): Promise<string | null> {
  const result = await run({ ...program, arguments: [secret, String(port)] })
  const said = `${result.stdout}${result.stderr}`
  const told = `${program.name}: ${result.outcome} ${result.exitCode ?? result.signal ?? ''} ${said.slice(0, 300)}`
  if (said.includes('ESCAPED') || said.includes(canary)) return `ESCAPED ${told}`
  if (!program.ends.includes(result.outcome)) return `ended otherwise ${told}`
  if (result.outcome === 'finished' && !said.includes('HELD')) return `did not say HELD ${told}`
  return null
}

/** Four at once, as the programs of a class; more would only share out two processors. */
async function tryAll(run: Run, programs: HostileProgram[]): Promise<string[]> {
  const faults: string[] = []
  const waiting = [...programs]
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const fault = await tryProgram(run, next)
        if (fault) faults.push(fault)
      }
    }),
  )
  return faults
}

const sandbox = () => found.sandbox ?? assert.fail(skip || '')
const python = (content: string): Program => ({ language: 'python', files: [{ path: 'main.py', content }] })

/** Processes of the machine whose command line says so. */
async function processesThatSay(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter(line => line.startsWith(text))
}

test('No hostile program gets out, holds the machine or ends in another way than it may.', {
  skip,
}, async () => {
  const { run, languages } = sandbox()
  const before = reached
  const programs = all.filter(({ language }) => languages.includes(language))
  assert.ok(programs.length >= 60, `Only ${programs.length} programs can be tried: ${languages}`)
  assert.deepEqual(await tryAll(run, programs), [])
  assert.equal(reached, before, 'A server of the machine was reached.')
  assert.deepEqual(await processesThatSay('azora-left-behind'), [])
  const normal = await run(python('print(sum(range(101)))'))
  assert.deepEqual([normal.outcome, normal.stdout], ['finished', '5050\n'])
})

test('A program finds nothing of the one before it, nor of one that runs beside it.', { skip }, async () => {
  const { run } = sandbox()
  const leaves = `
import os, sys, time
for path in ('os.py', 'left', '/tmp/left', 'usercustomize.py', '.pythonrc'): open(path, 'w').write('print("ESCAPED")')
print('left', flush=True)
time.sleep(float(sys.argv[1]))
`
  const looks = `
import os
print(sorted(os.listdir('.')), sorted(os.listdir('/tmp')), os.getpid() < 10)
pids = []
for pid in range(2, 200):
    try: os.kill(pid, 0); pids.append(pid)
    except ProcessLookupError: pass
    except PermissionError: pids.append(pid)
print(len(pids))
`
  const besides = run({ ...python(leaves), arguments: ['1'] })
  const [seen, first] = [await run(python(looks)), await run({ ...python(leaves), arguments: ['0'] })]
  assert.equal(first.stdout, 'left\n')
  assert.equal(seen.stdout, "['main.py'] ['main.py'] True\n1\n")
  assert.equal((await besides).stdout, 'left\n')
  assert.equal((await run(python(looks))).stdout, seen.stdout)
})

/** The suite has to find what a wall with a hole lets through; otherwise it would find nothing in any wall. */
const holes: { name: string; open(command: string[]): string[]; escapes: string[] }[] = [
  {
    name: 'shows the files of the machine',
    open: command =>
      command.toSpliced(
        command.indexOf('--symlink'),
        0,
        ...['/var', '/var/tmp'].flatMap(path => ['--perms', '0755', '--dir', path]),
        ...['--ro-bind', folder, folder],
      ),
    escapes: [
      'python: reads a file of the machine',
      'javascript: reads a file of the machine',
      'python: reads it through a link',
    ],
  },
  {
    name: 'lets system calls and the network through',
    open: command => without(without(command, '--seccomp', 2), '--unshare-net', 1),
    escapes: [
      'python: reaches a server of the machine',
      'python: makes memory with a name',
      'python: makes memory that others share',
      'javascript: connects',
      'javascript: listens',
    ],
  },
]

const without = (command: string[], option: string, count: number) =>
  command.toSpliced(command.indexOf(option), count)

for (const { name, open, escapes } of holes) {
  test(`The suite tells of a wall that ${name}.`, { skip }, async () => {
    const wall = bubblewrapWall() ?? assert.fail('There is a sandbox, so there is a wall.')
    const loose = { ...wall, command: (call: Call) => open(bubblewrapCommand(call)) }
    const faults = await tryAll(
      program => runProgram(program, loose),
      all.filter(program => escapes.includes(program.name)),
    )
    assert.equal(
      faults.filter(fault => fault.startsWith('ESCAPED')).length,
      escapes.length,
      faults.join('\n'),
    )
  })
}
