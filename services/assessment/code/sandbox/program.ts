/**
 * The port that programs of learners run through: what is run, how much of the machine it may use, and what came of it.
 * It knows nothing of quizzes. Which wall stands behind it is in find-sandbox.ts.
 */

export type SourceFile = {
  /** Where it is for the program, such as `main.py` or `data/towns.csv`. */
  path: string
  content: string | Buffer
}

export type Limits = {
  /** Processor time of the program and all it starts, together. */
  processorMs: number
  /** From its start to its end, whether it computes or sleeps. */
  wallMs: number
  /** What the program itself may hold, beyond what its language takes for itself. */
  memoryBytes: number
  /** Standard output and standard error, together. */
  outputBytes: number
  /** What it may write into files. They are in memory, and gone when it ends. */
  filesBytes: number
}

export const usualLimits: Limits = {
  processorMs: 5_000,
  wallMs: 15_000,
  memoryBytes: 128 * 2 ** 20,
  outputBytes: 64 * 2 ** 10,
  filesBytes: 16 * 2 ** 20,
}

export type Program = {
  language: string
  /** The first one is run. */
  files: SourceFile[]
  stdin?: string
  arguments?: string[]
  limits?: Partial<Limits>
}

export const outcomes = [
  /** It ended by itself and says that all went well. */
  'finished',
  /** It ended by itself, with an error. */
  'failed',
  /** It is not a program of its language. What the compiler says is in `stderr`. */
  'not_compiled',
  'timed_out',
  'memory_exceeded',
  'output_exceeded',
  /** It wrote more, or more files, than it may. */
  'files_exceeded',
  /** It started more processes and threads than it may. */
  'processes_exceeded',
] as const

export type Outcome = (typeof outcomes)[number]

export type ProgramResult = {
  outcome: Outcome
  /** Null where it was ended from outside. */
  exitCode: number | null
  /** What ended it, such as `SIGSEGV`. */
  signal: string | null
  stdout: string
  stderr: string
  /** As it was last seen; null for a program that ended before anyone looked, within some 50 ms. */
  processorMs: number | null
  wallMs: number
  /** The most that was seen, or null in the same way. */
  memoryBytes: number | null
}

/** The machine could not run the program; it is not the program's fault, and it may be tried again. */
export class SandboxFault extends Error {
  override name = 'SandboxFault'
}
