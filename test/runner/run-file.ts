import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { channel, type Told } from './events.ts'

/** One test file in a process of its own, which ends in any case: by itself, or by force at its limit. */

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

export async function runFile(file: string, options: FileOptions): Promise<FileRun> {
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
      file,
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
  const counted: Extract<Told, { type: 'summary' }>[] = []
  let passedLimit = false
  const limit = setTimeout(() => {
    passedLimit = true
    tellGroup(child, 'SIGKILL')
  }, fileLimitMs)
  createInterface({ input: child.stdio[channel] as Readable }).on('line', line => {
    const told = JSON.parse(line) as Told
    if (told.type === 'summary') counted.push(told)
    else if (told.type === 'began') open.add(told.test)
    else {
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
    file,
    passed: counts?.passed ?? 0,
    failed: counts?.failed ?? 0,
    skipped: counts?.skipped ?? 0,
    seconds: (performance.now() - began) / 1000,
    fault: faultOf(),
    output: output.join(''),
  }
}
