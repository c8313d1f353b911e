import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Writable } from 'node:stream'
import { type Call, programFolder, wallEnded } from './bubblewrap.ts'
import { checkedLanguage } from './check-program.ts'
import { compiledFile, type Language } from './languages.ts'
import {
  type Limits,
  type Outcome,
  type Program,
  type ProgramResult,
  SandboxFault,
  usualLimits,
} from './program.ts'
import { runnerOf } from './runners.ts'
import { lookAt } from './watch.ts'

/**
 * One run: the wall is put up, the program gets its files and its input, what it says is taken in up to a limit, and
 * whatever it does, it ends.
 */

// How often a run is looked at. Most end before the first time.
const lookEveryMs = 50
// Beyond this they take more of the kernel's memory than their content tells.
const mostFiles = 1_000
// What is counted too: unshare, its shell, the two of bubblewrap, and what is about to start or has just ended.
const processesOfWall = 7
const memoryOfWall = 8 * 2 ** 20
const mostProgramBytes = 8 * 2 ** 20

// What is killed is gone within milliseconds; a machine that takes longer has a fault that waiting does not mend.
const mostEndingMs = 5_000

// How much of its errors is looked at for why it ended: V8 tells of its stack after it.
const lastWords = 16_384

// Where the program has its input from, where bubblewrap tells how it ended, reads its filter and the files.
const stdinDescriptor = 3
const statusDescriptor = 4
const filterDescriptor = 5
const firstFileDescriptor = 6

export type Wall = {
  filter: Buffer
  /** Whom programs run as; null where we are not root. Each number is in use by one run at a time. */
  takeUser(): { userId: number | null; release(): void }
  command(call: Call): string[]
}

type Input = { files: { path: string; content: string | Buffer; executable: boolean }[]; stdin: string }
type Ended = Omit<ProgramResult, 'stdout'> & { stdout: Buffer }

/**
 * @throws AppError `invalid_input` for what is no program that may be run.
 * @throws SandboxFault when the wall could not be put up.
 */
export async function runProgram(program: Program, wall: Wall): Promise<ProgramResult> {
  const language = checkedLanguage(program)
  const limits = { ...usualLimits, ...program.limits }
  const paths = program.files.map(({ path }) => path)
  const sources = program.files.map(file => ({ ...file, executable: false }))
  const stdin = program.stdin ?? ''
  if (!language.compile) {
    const command = [...language.run(paths, limits.memoryBytes / 2 ** 20), ...(program.arguments ?? [])]
    const runners = await Promise.all((language.runners ?? []).map(runnerOf))
    return textOf(
      await runWithin(wall, language, 'run', command, limits, { files: [...sources, ...runners], stdin }),
    )
  }
  const compiled = await runWithin(
    wall,
    language,
    'compile',
    language.compile(paths),
    {
      ...limits,
      memoryBytes: 256 * 2 ** 20,
      outputBytes: mostProgramBytes,
      filesBytes: 4 * mostProgramBytes,
    },
    { files: sources, stdin: '' },
  )
  if (compiled.outcome !== 'finished')
    return {
      ...textOf({ ...compiled, stdout: Buffer.alloc(0) }),
      outcome: compiled.outcome === 'failed' ? 'not_compiled' : compiled.outcome,
    }
  const made = { path: compiledFile, content: compiled.stdout, executable: true }
  const command = [...language.run(paths, limits.memoryBytes / 2 ** 20), ...(program.arguments ?? [])]
  return textOf(await runWithin(wall, language, 'run', command, limits, { files: [...sources, made], stdin }))
}

const textOf = (ended: Ended): ProgramResult => ({ ...ended, stdout: ended.stdout.toString('utf8') })

async function runWithin(
  wall: Wall,
  language: Language,
  phase: Call['phase'],
  command: string[],
  limits: Limits,
  input: Input,
): Promise<Ended> {
  const { userId, release } = wall.takeUser()
  const call: Call = {
    language,
    phase,
    limits,
    command,
    userId,
    stdinDescriptor,
    statusDescriptor,
    filterDescriptor,
    files: input.files.map(({ path, executable }, at) => ({
      path,
      executable,
      descriptor: firstFileDescriptor + at,
    })),
  }
  try {
    const child = start(wall.command(call), firstFileDescriptor + input.files.length)
    const fed = [input.stdin, null, wall.filter, ...input.files.map(({ content }) => content)]
    return await attend(child, language, limits, fed)
  } finally {
    release()
  }
}

function start([command = '', ...rest]: string[], descriptors: number): ChildProcess {
  try {
    return spawn(command, rest, {
      // A group of its own, to be ended as one.
      detached: true,
      env: {},
      cwd: '/',
      stdio: Array.from({ length: descriptors }, () => 'pipe'),
    })
  } catch (failure) {
    throw new SandboxFault(`The sandbox did not start: ${(failure as Error).message}`)
  }
}

/** Feed the child, take in what it says, and end it when it takes too much. */
function attend(
  child: ChildProcess,
  language: Language,
  limits: Limits,
  /** For its descriptors from the third on; null for one that it writes. */
  fed: (string | Buffer | null)[],
): Promise<Ended> {
  const began = performance.now()
  const out: Buffer[] = []
  const errors: Buffer[] = []
  let status = ''
  let taken = 0
  let stopped: Outcome | null = null
  let memoryBytes: number | null = null
  let processorMs: number | null = null
  let ending: NodeJS.Timeout | undefined
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()

  function stop(why: Outcome): void {
    if (stopped !== null) return
    stopped = why
    end()
  }

  function take(into: Buffer[]) {
    return (chunk: Buffer) => {
      const room = limits.outputBytes - taken
      taken += chunk.length
      if (room > 0) into.push(chunk.subarray(0, room))
      if (chunk.length > room) stop('output_exceeded')
    }
  }

  async function look(pid: number): Promise<void> {
    const now = await lookAt(pid, programFolder)
    memoryBytes = Math.max(memoryBytes ?? 0, now.memoryBytes)
    processorMs = Math.max(processorMs ?? 0, now.processorMs)
    if (now.memoryBytes > limits.memoryBytes + language.ownMemoryBytes + memoryOfWall) stop('memory_exceeded')
    else if (now.processorMs > limits.processorMs) stop('timed_out')
    else if (now.files > mostFiles) stop('files_exceeded')
    else if (now.processes > language.processes + processesOfWall) stop('processes_exceeded')
  }

  /** The shell is the first process of its namespace: with it goes all that the wall holds. */
  function end(): void {
    if (child.pid && !hasEnded(child)) signalGroup(child.pid)
    ending ??= setTimeout(() => {
      for (const stream of child.stdio) stream?.destroy()
      reject(new SandboxFault('The sandbox did not end.'))
    }, mostEndingMs)
  }

  child.on('error', fault => reject(new SandboxFault(`The sandbox did not start: ${fault.message}`)))
  // Without descriptors or memory there is neither a process nor a stream; the error is told in a moment.
  if (child.pid === undefined) return promise
  const { pid } = child
  child.stdout?.on('data', take(out))
  child.stderr?.on('data', take(errors))
  child.stdio[statusDescriptor]?.on('data', chunk => {
    status += chunk
    // What holds the wall waits for us.
    if (status.includes(wallEnded)) end()
  })
  // A program need not read what it is given, and may end first: EPIPE is no fault.
  for (const stream of child.stdio) stream?.on('error', () => {})
  for (const [at, content] of fed.entries())
    if (content !== null) (child.stdio[stdinDescriptor + at] as Writable).end(content)
  const timer = setTimeout(() => stop('timed_out'), limits.wallMs)
  let looking = false
  const looks = setInterval(async () => {
    // On a busy machine one look may take longer than the time to the next.
    if (looking || ending !== undefined || hasEnded(child)) return
    looking = true
    await look(pid).catch(fault => {
      end()
      reject(fault)
    })
    looking = false
  }, lookEveryMs)
  child.once('close', () => {
    const wallMs = Math.round(performance.now() - began)
    const stderr = Buffer.concat(errors).toString('utf8')
    // Bubblewrap tells it of a program that it came to start, and of nothing else.
    const exit = /"exit-code": (\d+)/.exec(status)
    if (stopped === null && !exit)
      return reject(new SandboxFault(`The sandbox could not be set up: ${stderr.trim().slice(0, 500)}`))
    resolve({
      ...endOf({
        stopped,
        code: exit ? Number(exit[1]) : null,
        processorMs,
        stderr,
        language,
        limits,
      }),
      stdout: Buffer.concat(out),
      stderr,
      processorMs,
      wallMs,
      memoryBytes,
    })
  })
  return promise.finally(() => {
    clearTimeout(timer)
    clearInterval(looks)
    clearTimeout(ending)
  })
}

/** Its number may be that of another process by now. */
const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

function signalGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (failure) {
    // It ended in this moment.
    if ((failure as NodeJS.ErrnoException).code !== 'ESRCH') throw failure
  }
}

type End = {
  stopped: Outcome | null
  /** As a shell tells it: 128 and the number of the signal for what a signal ended. */
  code: number | null
  processorMs: number | null
  stderr: string
  language: Language
  limits: Limits
}

function endOf({ stopped, code, processorMs, stderr, language, limits }: End) {
  if (stopped !== null || code === null)
    return { outcome: stopped ?? ('failed' as const), exitCode: null, signal: null }
  // A program may also say such a number when it ends by itself, which a shell could not tell apart either.
  const computed = (processorMs ?? 0) >= limits.processorMs / 2
  const named = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0] ?? null
  const signal = named === 'SIGXCPU' && !computed ? null : named
  const exitCode = signal ? null : code
  if (code === 0) return { outcome: 'finished' as const, exitCode, signal }
  if ((signal === 'SIGXCPU' || signal === 'SIGKILL') && computed)
    return { outcome: 'timed_out' as const, exitCode, signal }
  if (signal === 'SIGXFSZ') return { outcome: 'files_exceeded' as const, exitCode, signal }
  const last = stderr.slice(-lastWords)
  const ranOut = language.memoryRanOut.some(words => last.includes(words))
  return { outcome: ranOut ? ('memory_exceeded' as const) : ('failed' as const), exitCode, signal }
}
