import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Counts, channel, type Told } from './events.ts'

/** Test files in a process of their own, which ends in any case: by itself, or by force at its limit. */

export type FileRun = {
  file: string
  passed: number
  failed: number
  skipped: number
  seconds: number
  /** What is wrong beyond failed tests: the file hung, crashed, or has no tests. */
  fault: string | null
  output: string
}

export type FileOptions = {
  environment?: Record<string, string>
  /** How long one test may take; Node ends it, and the next ones run. */
  testLimitMs: number
  /** How long the file may take; then it is ended by force. */
  fileLimitMs: number
  /** Ends the file early. */
  signal?: AbortSignal
}

/** How long what a file started may take to stop. */
const stopMs = 10_000

const root = fileURLToPath(new URL('../..', import.meta.url))
const reporter = fileURLToPath(new URL('./events.ts', import.meta.url))
const companyScript = fileURLToPath(new URL('./company.ts', import.meta.url))

/** Tell the process and all that it started, unless those lead a group of their own. @returns whether any is left. */
function tellGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    if (pid) process.kill(-pid, signal)
    return pid !== undefined
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ESRCH') throw failure // all have ended
    return false
  }
}

/** Until all that a file started has ended, or has had its time. */
async function groupEnds(child: ChildProcess): Promise<void> {
  // By then it was ended by force, and only its parent could still hold on to its name.
  const deadline = performance.now() + stopMs + 5000
  while (tellGroup(child, 0) && performance.now() < deadline) await pause(50)
}

const within = (ms: number, work: Promise<unknown>) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}

type ProcessRun = {
  /** Of all tests; null where the process did not come to their end. */
  counts: Counts | null
  fault: string | null
  output: string
  seconds: number
  /** What came of each test or suite that no other holds, by its name. */
  outcomes: Map<string, Counts>
  /** Which of those ran when the process ended, or was the last to run. */
  at: string | null
}

async function runProcess(args: string[], options: FileOptions): Promise<ProcessRun> {
  const { environment = {}, testLimitMs, fileLimitMs, signal } = options
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      `--test-timeout=${testLimitMs}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${reporter}`,
      '--test-reporter-destination=stdout',
      ...args,
    ],
    // Not a part of the test that may have called this: it reports here. And a group of its own, so that what a hanging file started can be ended with it.
    {
      cwd: root,
      env: { ...process.env, ...environment, NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    },
  )
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => output.push(String(chunk)))

  const open = new Set<string>()
  let last = ''
  let at: string | null = null
  const outcomes = new Map<string, Counts>()
  const counted: Counts[] = []
  let passedLimit = false
  const limit = setTimeout(() => {
    passedLimit = true
    tellGroup(child, 'SIGKILL')
  }, fileLimitMs)
  createInterface({ input: child.stdio[channel] as Readable }).on('line', line => {
    const told = JSON.parse(line) as Told
    if (told.type === 'summary') counted.push(told.counts)
    else if (told.type === 'outcome') outcomes.set(told.name, told.counts)
    else if (told.type === 'began') {
      open.add(told.test)
      if (told.outermost) at = told.outermost
    } else {
      open.delete(told.test)
      last = told.test
    }
  })
  // All of them: a test file that is told to stop ends at once, and leaves behind the servers that it has started.
  let force: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    tellGroup(child, 'SIGTERM')
    force = setTimeout(() => tellGroup(child, 'SIGKILL'), stopMs)
  }
  signal?.addEventListener('abort', stop)

  const closed = new Promise<void>(resolve => child.once('close', () => resolve()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  // What it started may hold its output open; what it said itself is there.
  await within(1000, closed)
  clearTimeout(limit)
  if (signal?.aborted) await groupEnds(child)
  clearTimeout(force)
  signal?.removeEventListener('abort', stop)

  const [counts] = counted
  const where = () => {
    if (open.size > 0) return `in: ${[...open].join('; ')}`
    return last ? `after: ${last}` : 'and told of no test'
  }
  const faultOf = (): string | null => {
    if (passedLimit && open.size === 0 && last)
      return `had ended its tests, but not itself after ${fileLimitMs / 1000} s: it leaves something open, such as a server, a timer or an \`after\``
    if (passedLimit) return `did not end within ${fileLimitMs / 1000} s, ${where()}`
    if (!counts) return `ended with ${code ?? child.signalCode}, ${where()}`
    return code !== 0 && counts.failed === 0 ? `ended with ${code ?? child.signalCode}` : null
  }
  return {
    counts: counts ?? null,
    fault: faultOf(),
    output: output.join(''),
    seconds: (performance.now() - began) / 1000,
    outcomes,
    at,
  }
}

const nothing: Counts = { passed: 0, failed: 0, skipped: 0 }

/** One test file in a process of its own. */
export async function runFile(file: string, options: FileOptions): Promise<FileRun> {
  const { counts, seconds, fault, output } = await runProcess([file], options)
  return { file, ...(counts ?? nothing), seconds, fault, output }
}

/** What came of test files that shared a process: those that passed there, and those that have to run alone to know. */
export type CompanyRun = { passed: FileRun[]; doubtful: { file: string; first: FileRun | null }[] }

/**
 * Several test files in one process, each a suite of its own (decision 0063), in twice the time of one.
 * @returns as doubtful what failed, as it came out here, and what says nothing of itself because the process crashed or hung.
 */
export async function runCompany(files: readonly string[], options: FileOptions): Promise<CompanyRun> {
  const { fault, output, outcomes, at, seconds } = await runProcess([companyScript, ...files], {
    ...options,
    fileLimitMs: 2 * options.fileLimitMs,
  })
  const runs = files.map((file): FileRun & { wasReached: boolean } => ({
    file,
    ...(outcomes.get(file) ?? nothing),
    seconds: seconds / files.length,
    fault: outcomes.has(file) ? null : fault,
    output,
    wasReached: outcomes.has(file) || at === file,
  }))
  const isGood = ({ passed, skipped, failed }: FileRun) =>
    fault === null && failed === 0 && passed + skipped > 0
  return {
    passed: runs.filter(isGood),
    doubtful: runs
      .filter(run => !isGood(run))
      .map(run => ({
        file: run.file,
        first: run.wasReached && (run.failed > 0 || run.fault !== null) ? run : null,
      })),
  }
}
