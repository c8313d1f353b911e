import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProgramQueue } from '@azora/service-assessment/code/queue/program-queue.ts'
import { findSandbox, type Sandbox } from '@azora/service-assessment/code/sandbox/find-sandbox.ts'

/**
 * Small programs behind the wall, and by the bare interpreter in the same run. Each starts a process of its own: none is
 * kept warm, so the first one is the only cold one.
 */

const roundMs = 1_500
const rounds = 5
const cores = availableParallelism()
const programs = [
  {
    language: 'python',
    path: 'main.py',
    content: 'print(sum(range(int(input()))))',
    bare: '/usr/bin/python3',
  },
  {
    language: 'javascript',
    path: 'main.js',
    content:
      'const most = Number(require("fs").readFileSync(0)); let sum = 0; for (let n = 0; n < most; n++) sum += n; console.log(sum)',
    bare: process.execPath,
  },
]

/**
 * Processor time of this process and all that it starts, in milliseconds, by a control group (version 1) of its own:
 * what ends inside the wall is counted nowhere else. Null where those are not ours.
 */
function startCounting(): (() => number) | null {
  const group = `/sys/fs/cgroup/cpuacct/azora-bench-${process.pid}`
  try {
    mkdirSync(group)
    writeFileSync(`${group}/cgroup.procs`, String(process.pid))
  } catch {
    return null
  }
  process.once('exit', () => {
    writeFileSync('/sys/fs/cgroup/cpuacct/cgroup.procs', String(process.pid))
    rmdirSync(group)
  })
  return () => Number(readFileSync(`${group}/cpuacct.usage`, 'utf8')) / 1e6
}

const timed = 60

/** Of one of them, when several run at once. */
async function processorMs(count: () => number, work: () => Promise<unknown>): Promise<number> {
  const before = count()
  for (let done = 0; done < timed; done += cores) await Promise.all(Array.from({ length: cores }, work))
  return (count() - before) / (Math.ceil(timed / cores) * cores)
}

/** Run the work by as many at once as there are processors. @returns how often a second it was done. */
async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let done = 0
  const keepAtIt = async () => {
    while (performance.now() - began < roundMs) {
      await work()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: cores }, keepAtIt))
  return (done * 1000) / (performance.now() - began)
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** The interpreter alone. */
function runBare(interpreter: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(interpreter, [file], (failure, answer) =>
      failure || answer !== '499500\n' ? reject(failure ?? new Error(`It said ${answer}.`)) : resolve(),
    )
    child.stdin?.end('1000\n')
  })
}

const shown = (times: number) =>
  `${times.toFixed(1).padStart(6)} programs/s   ${(times / cores).toFixed(1).padStart(5)} for each core`

export async function benchPrograms(say: (line: string) => void): Promise<void> {
  const began = performance.now()
  const found = await findSandbox()
  if (!found.sandbox) {
    say(`Programs are not run on this machine: ${found.reason}`)
    return
  }
  const { sandbox } = found
  const count = startCounting()
  say(`The wall was tried in ${(performance.now() - began).toFixed(0)} ms.`)
  const folder = await mkdtemp(join(tmpdir(), 'azora-programs-'))
  try {
    for (const { language, path, content, bare } of programs) {
      const file = join(folder, path)
      await writeFile(file, content)
      const runOurs = async () => {
        const { stdout, stderr } = await sandbox.run({
          language,
          files: [{ path, content }],
          stdin: '1000\n',
        })
        if (stdout !== '499500\n') throw new Error(`${language} said ${stdout}${stderr}`)
      }
      const first = performance.now()
      await runOurs()
      const coldMs = performance.now() - first
      const alone: number[] = []
      const ours: number[] = []
      // In turn, so that whatever else the machine does meets both.
      for (let round = 0; round < rounds; round++) {
        alone.push(await perSecond(() => runBare(bare, file)))
        ours.push(await perSecond(runOurs))
      }
      say(`\nA small program: ${language}`)
      say(`  Azora         ${shown(median(ours))}   the first one ${coldMs.toFixed(0)} ms`)
      say(`  interpreter   ${shown(median(alone))}`)
      say(`  ratio         ${(median(ours) / median(alone)).toFixed(2)} of what the bare interpreter runs`)
      if (count) {
        const [bareMs, oursMs] = [
          await processorMs(count, () => runBare(bare, file)),
          await processorMs(count, runOurs),
        ]
        say(
          `  processor     ${oursMs.toFixed(1)} ms each, ${(1000 / oursMs).toFixed(0)} a second of one core; the interpreter ${bareMs.toFixed(1)} ms, ${(1000 / bareMs).toFixed(0)} a second; ratio ${(oursMs / bareMs).toFixed(2)}`,
        )
      }
    }
    await benchQueue(sandbox, say)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A class of a hundred that submits at once: until the last of them but five has its answer. */
async function benchQueue(sandbox: Sandbox, say: (line: string) => void): Promise<void> {
  const queue = createProgramQueue({
    run: sandbox.run,
    atOnce: cores,
    mostPractice: 200,
    mostPracticeOfSchool: 200,
    mostPracticeOfLearner: 2,
  })
  const [small] = programs
  if (!small) return
  const program = { language: small.language, files: [small], stdin: '1000\n' }
  const waits = await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      const began = performance.now()
      await queue.run(program, { schoolId: 's', courseId: 'c', learnerId: String(at), purpose: 'graded' })
      return performance.now() - began
    }),
  )
  const sorted = waits.toSorted((a, b) => a - b)
  say(`\n100 small ${small.language} programs submitted at once`)
  say(`  half have run after ${sorted[49]?.toFixed(0)} ms, 95 of them after ${sorted[94]?.toFixed(0)} ms`)
}
