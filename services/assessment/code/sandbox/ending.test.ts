import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { findSandbox } from './find-sandbox.ts'
import type { Program } from './program.ts'

/** Whatever happens to a run or to the server that started it: each run settles, and leaves no process behind. */

const found = await findSandbox()
const skip = found.sandbox ? false : `No sandbox on this machine: ${found.reason}`
const sandbox = () => found.sandbox ?? assert.fail(skip || '')
const sleeps = (mark: string): Program => ({
  language: 'python',
  files: [{ path: 'main.py', content: 'import time; time.sleep(1000)' }],
  arguments: [mark],
  limits: { wallMs: 600_000 },
})

/** Those of the wall and of the program alike: the wall is told the whole command. */
async function processesWith(mark: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter(line => line.includes(mark))
}

async function noneWith(mark: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if ((await processesWith(mark)).length === 0) return
    await wait(25)
  }
  assert.deepEqual(await processesWith(mark), [])
}

/** A server of one run, as a process of its own: it says when the run is on its way. */
function server(source: string, tool: string[] = []) {
  const module = new URL('./find-sandbox.ts', import.meta.url)
  const [command = '', ...rest] = [...tool, process.execPath, '--input-type=module', '--eval']
  return spawn(
    command,
    [...rest, `import { findSandbox } from '${module}'\nconst { sandbox } = await findSandbox()\n${source}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
}

test('A server that is killed leaves no program behind, however far each had come.', { skip }, async () => {
  const mark = `azora-killed-${process.pid}`
  // From the first call to one that sleeps behind its wall, which takes some tens of milliseconds.
  await Promise.all(
    [0, 4, 8, 12, 16, 24, 32, 48].map(async later => {
      const killed = server(
        `const program = ${JSON.stringify(sleeps(mark))}
sandbox.run(program); sandbox.run(program)
console.log('started'); setInterval(() => {}, 1000)`,
      )
      await once(killed.stdout, 'data')
      await wait(later)
      killed.kill('SIGKILL')
      await once(killed, 'exit')
    }),
  )
  await noneWith(mark)
})

test('A run that is stopped while its wall is put up ends at once, and all of it.', { skip }, async () => {
  const mark = `azora-stopped-${process.pid}`
  const stopped = async (wallMs: number) => {
    const { outcome } = await sandbox().run({ ...sleeps(mark), limits: { wallMs } })
    assert.equal(outcome, 'timed_out')
  }
  for (let wallMs = 1; wallMs < 50; wallMs += 4)
    await Promise.all([stopped(wallMs), stopped(wallMs + 1), stopped(wallMs + 2), stopped(wallMs + 3)])
  assert.deepEqual(await processesWith(mark), [])
})

test('Too few descriptors for a run are a fault of the sandbox, and the server lives.', {
  skip,
}, async () => {
  const short = server(
    `
import { closeSync, openSync } from 'node:fs'
const program = { language: 'python', files: [{ path: 'main.py', content: 'print(1)' }] }
const open = []
try { for (;;) open.push(openSync('/dev/null')) } catch {}
const told = []
while (open.length > 0) {
  told.push(await sandbox.run(program).then(result => result.outcome, fault => fault.name))
  for (const descriptor of open.splice(0, told.length < 10 ? 3 : open.length)) closeSync(descriptor)
}
console.log(told[0], new Set(told).size <= 2, (await sandbox.run(program)).stdout)
`,
    ['/usr/bin/prlimit', '--nofile=256:256'],
  )
  let said = ''
  short.stdout.on('data', chunk => {
    said += chunk
  })
  const [code] = await once(short, 'close')
  assert.deepEqual([said, code], ['SandboxFault true 1\n\n', 0])
})
