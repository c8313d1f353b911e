import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { until } from '../system.ts'
import { type FileRun, runFile } from './run-file.ts'
import { hasPassed, isUnsteady, report, runFailedAgain, runFiles } from './run-files.ts'

/** What `npm test` makes of files that pass, fail, hang, crash and leave things open. */

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-runner-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const head = `import { after, test } from 'node:test'\nimport assert from 'node:assert/strict'\n`

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, `${name}.test.mjs`)
  await writeFile(file, head + text)
  return file
}

const patient = { testLimitMs: 60_000, fileLimitMs: 60_000 }
const counts = ({ passed, failed, skipped, fault }: FileRun) => ({ passed, failed, skipped, fault })

const alone = (files: string[]) => files.map(file => [file])

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

describe('The runner', { concurrency: 4 }, () => {
  test('counts what passed, failed and was skipped, and takes nothing that a test prints for it.', async () => {
    const file = await write(
      'counts',
      `test('right', () => console.log('{"type":"summary","passed":9,"failed":0,"skipped":0}'))
       test('wrong', () => assert.equal(1, 2))
       test('another', { skip: 'why' }, () => {})`,
    )
    const run = await runFile(file, patient)
    assert.deepEqual(counts(run), { passed: 1, failed: 1, skipped: 1, fault: null })
    assert.match(report(run), /counts\.test\.mjs 1 failed\n✖ failing tests:[\s\S]*wrong/)
  })

  test('ends a file that hangs, with what it started, names the test, and goes on with the next.', async () => {
    const pidFile = join(folder, 'pid')
    const hanging = await write(
      'hangs',
      `import { spawn } from 'node:child_process'
       import { writeFileSync } from 'node:fs'
       test('all is well', () => {})
       test('waits for ever', async () => {
         const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
         writeFileSync(${JSON.stringify(pidFile)}, String(child.pid))
         await new Promise(() => {})
       })`,
    )
    const next = await write('next', `test('right', () => {})`)
    const options = { testLimitMs: 60_000, fileLimitMs: 6000 }
    const runs = await runFiles([[hanging], [next]], [{}], options)
    assert.deepEqual(runs.map(counts), [
      {
        passed: 0,
        failed: 0,
        skipped: 0,
        fault: 'did not end within 6 s, in: waits for ever (line 6)',
      },
      { passed: 1, failed: 0, skipped: 0, fault: null },
    ])
    const pid = Number(await readFile(pidFile, 'utf8'))
    await until('What it started has ended', async () => isGone(pid))
  })

  test('ends a file that never lets go of the processor, too.', async () => {
    const file = await write('busy', `test('right', () => {})\ntest('spins', () => { for (;;); })`)
    const { fault } = await runFile(file, { testLimitMs: 1000, fileLimitMs: 6000 })
    assert.match(fault ?? '', /^did not end within 6 s/)
  })

  test('has one test that takes too long fail by its name, and the next ones run.', async () => {
    const file = await write(
      'slow',
      `test('waits for ever', () => new Promise(resolve => setTimeout(resolve, 60_000).unref()))
       test('right', () => {})`,
    )
    const run = await runFile(file, { testLimitMs: 500, fileLimitMs: 60_000 })
    assert.deepEqual(counts(run), { passed: 1, failed: 1, skipped: 0, fault: null })
    assert.match(report(run), /waits for ever[\s\S]*timed out after 500ms/)
  })

  test('ends a file that leaves something open after its tests, and says so.', async () => {
    const file = await write('open', `test('right', () => void setInterval(() => {}, 1000))`)
    const { fault } = await runFile(file, { ...patient, fileLimitMs: 6000 })
    assert.match(fault ?? '', /^had ended its tests, but not itself after 6 s: it leaves something open/)
  })

  test('does not take for passed what crashes, ends early or has no tests.', async () => {
    const files = [
      await write('crashes', `process.kill(process.pid, 'SIGKILL')`),
      await write('leaves', `test('right', () => {}); process.exit(0)`),
      await write('torn', `import './nowhere.mjs'`),
      await write('empty', ''),
    ]
    const runs = await runFiles(alone(files), [{}], patient)
    assert.deepEqual(
      runs.map(({ fault }) => fault),
      [
        'ended with SIGKILL, and told of no test',
        'ended with 0, and told of no test',
        'ended with 1, and told of no test',
        'ended with 0, and told of no test',
      ],
    )
  })

  test('runs what failed once more, tells what then passed from what did not, and nothing again where much failed.', async () => {
    const times = join(folder, 'times')
    const files = [
      await write('steady', `test('right', () => {})`),
      await write(
        'unsteady',
        `import { existsSync, writeFileSync } from 'node:fs'
         test('right the second time', () => {
           const begun = existsSync(${JSON.stringify(times)})
           writeFileSync(${JSON.stringify(times)}, '')
           assert.ok(begun)
         })`,
      ),
      await write('broken', `test('wrong', () => assert.equal(1, 2))`),
    ]
    const first = await runFiles(alone(files), [{}], patient)
    const outcome = (runs: FileRun[]) =>
      runs.map(run => ({ failed: run.failed, firstFailed: isUnsteady(run) ? run.first.failed : null }))
    assert.deepEqual(outcome(await runFailedAgain(first, 1, patient)), [
      { failed: 0, firstFailed: null },
      { failed: 1, firstFailed: null },
      { failed: 1, firstFailed: null },
    ])
    assert.deepEqual(outcome(await runFailedAgain(first, 2, patient)), [
      { failed: 0, firstFailed: null },
      { failed: 0, firstFailed: 1 },
      { failed: 1, firstFailed: null },
    ])
  })

  test('runs files in one process, each with its own hooks, and counts each.', async () => {
    // Both wait for the same module, which takes a while.
    await writeFile(
      join(folder, 'shared.mjs'),
      'await new Promise(resolve => setTimeout(resolve, 50))\nexport const shared = 1',
    )
    const hooked = (name: string, rest = '') =>
      write(
        name,
        `import { before, describe } from 'node:test'
         import { shared } from './shared.mjs'
         let mine = null
         before(() => { assert.equal(mine, null); mine = '${name}'; globalThis.seen = [...(globalThis.seen ?? []), mine] })
         after(() => { mine = 'over' })
         describe('within', () => test('has its own', () => assert.equal(mine, '${name}')))
         ${rest}`,
      )
    const files = [
      await hooked('ours'),
      await hooked(
        'theirs',
        `test('together', { skip: globalThis.seen === 1 }, () => assert.deepEqual(globalThis.seen, ['ours', 'theirs']))
        test('skipped', { skip: 'why' }, () => {})`,
      ),
    ]
    const runs = await runFiles([files], [{}], patient)
    assert.deepEqual(runs.map(counts), [
      { passed: 1, failed: 0, skipped: 0, fault: null },
      { passed: 2, failed: 0, skipped: 1, fault: null },
    ])
  })

  test('runs alone what failed in company: passing then is unsteady, failing again is not tried a third time.', async () => {
    const times = join(folder, 'company-times')
    const files = [
      await write('leaves-behind', `test('right', () => { globalThis.left = true })`),
      await write('finds', `test('right alone', () => assert.equal(globalThis.left, undefined))`),
      await write(
        'always-wrong',
        `import { appendFileSync } from 'node:fs'
         test('wrong', () => { appendFileSync(${JSON.stringify(times)}, 'x'); assert.equal(1, 2) })`,
      ),
      await write('holds-none', ''),
      await write('cannot-load', `import './nowhere-at-all.mjs'`),
    ]
    const first = await runFiles([files], [{}], patient)
    const runs = await runFailedAgain(first, 5, patient)
    const outcome = (of: FileRun[]) =>
      of.map(run => [run.file.slice(folder.length + 1, -9), hasPassed(run), isUnsteady(run)])
    assert.deepEqual(outcome(runs), [
      ['leaves-behind', true, false],
      ['finds', true, true],
      ['always-wrong', false, false],
      ['holds-none', false, false],
      ['cannot-load', false, false],
    ])
    assert.equal(await readFile(times, 'utf8'), 'xx')
    assert.match(report(isUnsteady(runs[1]!) ? runs[1].first : runs[1]!), /failing tests:[\s\S]*right alone/)
    // One more than may be: it fails too.
    assert.deepEqual(outcome(await runFailedAgain(first, 3, patient))[1], ['finds', false, false])
  })

  test('loses nothing of a company that crashes or hangs.', async () => {
    for (const [name, text] of [
      ['dies', `test('dies', () => process.kill(process.pid, 'SIGKILL'))`],
      ['stays', `test('stays', () => { for (;;); })`],
      ['leaves-open', `test('right', () => void setInterval(() => {}, 1000))`],
    ] as const) {
      const files = [
        await write('goes-before', `test('right', () => {})`),
        await write(name, text),
        await write('comes-after', `test('right', () => {})`),
      ]
      const runs = await runFiles([files], [{}], { testLimitMs: 60_000, fileLimitMs: 4000 })
      assert.deepEqual(
        runs.map(run => [hasPassed(run), isUnsteady(run)]),
        [
          [true, false],
          [false, false],
          [true, false],
        ],
        name,
      )
    }
  })

  test('gives each lane the next file as it comes free, with the environment of the lane.', async () => {
    const log = join(folder, 'lanes')
    const noting = (name: string, wait: string) =>
      write(
        name,
        `import { appendFileSync, existsSync } from 'node:fs'
         test('notes', async () => {
           ${wait}
           appendFileSync(${JSON.stringify(log)}, process.env.LANE + ' ${name}\\n')
         })`,
      )
    const untilLast = `while (!existsSync(${JSON.stringify(log)}) || !(await import('node:fs')).readFileSync(${JSON.stringify(log)}, 'utf8').includes('third')) await new Promise(resolve => setTimeout(resolve, 20))`
    const files = [await noting('first', untilLast), await noting('second', ''), await noting('third', '')]
    const runs = await runFiles(alone(files), [{ LANE: 'a' }, { LANE: 'b' }], patient)
    assert.deepEqual(
      runs.map(run => run.passed),
      [1, 1, 1],
    )
    const noted = (await readFile(log, 'utf8')).trim().split('\n')
    assert.deepEqual(noted, ['b second', 'b third', 'a first'])
  })

  test('stops when it is told to, and begins no other file.', async () => {
    const stopping = new AbortController()
    const begun = join(folder, 'begun')
    const first = await write(
      'stopped',
      `import { spawn } from 'node:child_process'
       import { writeFileSync } from 'node:fs'
       // As a server that closes what it has open before it ends.
       const server = \`process.on('SIGTERM', () => setTimeout(() => process.exit(), 300)); setInterval(() => {}, 1000); console.log('up')\`
       test('waits', async () => {
         const child = spawn(process.execPath, ['-e', server])
         child.stdout.once('data', () => writeFileSync(${JSON.stringify(begun)}, String(child.pid)))
         await new Promise(resolve => setTimeout(resolve, 60_000))
       })`,
    )
    const runs = runFiles([[first], [await write('unborn', `test('right', () => {})`)]], [{}], {
      ...patient,
      signal: stopping.signal,
    })
    await until('It runs', () =>
      readFile(begun, 'utf8').then(
        text => text !== '',
        () => false,
      ),
    )
    stopping.abort()
    assert.deepEqual(
      (await runs).map(({ file }) => file),
      [first],
    )
    const server = Number(await readFile(begun, 'utf8'))
    assert.ok(isGone(server), 'what it started has stopped before it counts as ended')
  })
})
