import { errorPlaceOf } from '@azora/contracts/assessment/error-place.ts'
import { answeredFiles, type Code, writtenFiles } from '../questions/code/code.ts'
import type { Programs } from './programs.ts'
import type { Share } from './queue/fair-queue.ts'
import type { Limits, Program, ProgramResult, SourceFile } from './sandbox/program.ts'
import { styleProgram, styleVerdicts } from './tests/check-style.ts'
import { runTests, type Verdict } from './tests/run-tests.ts'

/** An answer to a question that asks for a program, run with its tests or with an input. */

export type Input = { stdin: string; arguments: string[] }
export type OwnRun = ProgramResult & Pick<Verdict, 'error'>

type Tools = { programs: Pick<Programs, 'run'> }

const limitsOf = ({ processorSeconds, memoryMiB }: Code): Partial<Limits> => ({
  processorMs: processorSeconds * 1000,
  // The machine may be busy, and a program may wait for what it started.
  wallMs: processorSeconds * 3000,
  memoryBytes: memoryMiB * 2 ** 20,
})

const programOf = (body: Code, files: SourceFile[]): Omit<Program, 'stdin' | 'arguments'> => ({
  language: body.language,
  files,
  limits: limitsOf(body),
})

/** With the rules of style after the tests. @param mostMs of running, for all tests together */
export async function* runCodeTests(
  { programs }: Tools,
  body: Code,
  answer: string[],
  {
    tests,
    share,
    mostMs,
    signal,
  }: { tests: Code['tests']; share: Share; mostMs: number; signal?: AbortSignal },
): AsyncGenerator<Verdict, void, void> {
  const seen = programOf(body, answeredFiles(body, answer, false))
  // Where nothing is hidden it is the same program, and compiled once.
  const whole = body.files.some(({ hidden }) => hidden)
    ? programOf(body, answeredFiles(body, answer, true))
    : seen
  let begun = false
  const run = (program: Program) => {
    const turn = { ...share, begun }
    begun = true
    return programs.run(program, turn, signal)
  }
  const source = body.unitTests ?? ''
  const called = tests.map(test => ({
    ...test,
    unitTest: test.unit ? { name: test.unit, source } : undefined,
  }))
  yield* runTests(run, ({ hidden }) => (hidden ? whole : seen), called, mostMs)
  const { style = [] } = body
  if (style.length === 0) return
  const result = await run(styleProgram(body.language, writtenFiles(body, answer), style))
  yield* styleVerdicts(body.language, style, result)
}

export async function runCode(
  { programs }: Tools,
  body: Code,
  answer: string[],
  { input, share, signal }: { input: Input; share: Share; signal?: AbortSignal },
): Promise<OwnRun> {
  const program = { ...programOf(body, answeredFiles(body, answer, false)), ...input }
  const result = await programs.run(program, share, signal)
  const failed = result.outcome === 'failed' || result.outcome === 'not_compiled'
  return { ...result, error: failed ? errorPlaceOf(body.language, result.stderr) : null }
}
