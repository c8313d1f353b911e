import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
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

/** How long a file that is told to stop may take to close what it has open. */
const stopMs = 10_000

const root = fileURLToPath(new URL('../..', import.meta.url))
const reporter = fileURLToPath(new URL('./events.ts', import.meta.url))

/** The process and all that it started, unless those lead a group of their own. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ESRCH') throw failure // it has just ended
  }
}

const within = (pause: number, work: Promise<unknown>) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, pause)
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
    killGroup(child)
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
  // Told to stop it closes what it has open; what does not heed that is ended.
  const stop = () => {
    child.kill('SIGTERM')
    setTimeout(() => killGroup(child), stopMs).unref()
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
