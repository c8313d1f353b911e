import {
  type Comparison,
  compareOutput,
  type Difference,
} from '@azora/contracts/assessment/compare-output.ts'
import { type ErrorPlace, errorPlaceOf } from '@azora/contracts/assessment/error-place.ts'
import type { Outcome, Program, ProgramResult, SourceFile } from '../sandbox/program.ts'
import { type Assertion, type UnitTest, unitProgram, unitResult } from './unit-test.ts'

/** A program against the tests of a question: what it is given to read, and what it should print. */
export type ProgramTest = {
  id: string
  stdin: string
  arguments?: string[]
  expected: string
  comparison: Comparison
  tolerance?: number
  /** The test is this one of the author's, in place of comparing what is printed. */
  unitTest?: UnitTest | undefined
  /** What it counts beside the other tests. */
  worth: number
}

export type Verdict = {
  testId: string
  /** `not_run` where the tests before it took all of the time. */
  outcome: 'right' | 'wrong' | 'not_run' | Exclude<Outcome, 'finished'>
  worth: number
  /** All of its worth or nothing. */
  earned: number
  /** Of a wrong answer. It tells what was expected: not for a learner while the test is hidden. */
  difference: Difference | null
  /** Of a program that failed. */
  error: ErrorPlace | null
  /** Of a unit test that failed. */
  assertion: Assertion | null
} & Pick<ProgramResult, 'stdout' | 'stderr' | 'processorMs' | 'wallMs' | 'memoryBytes'>

/** What one run came to. A program that prints what is asked and then fails has failed. */
function verdictOf(language: string, test: ProgramTest, ended: ProgramResult): Verdict {
  const result = test.unitTest ? unitResult(ended) : { ...ended, assertion: null }
  const { outcome, stdout, stderr, processorMs, wallMs, memoryBytes, assertion } = result
  const difference =
    outcome === 'finished' && !test.unitTest
      ? compareOutput(stdout, test.expected, test.comparison, test.tolerance)
      : null
  const right = outcome === 'finished' && difference === null && assertion === null
  return {
    testId: test.id,
    outcome: right ? 'right' : outcome === 'finished' ? 'wrong' : outcome,
    worth: test.worth,
    earned: right ? test.worth : 0,
    difference,
    error: outcome === 'failed' || outcome === 'not_compiled' ? errorPlaceOf(language, stderr) : null,
    assertion,
    stdout,
    stderr,
    processorMs,
    wallMs,
    memoryBytes,
  }
}

/**
 * One test after another, so that one learner's program holds one place in the queue at a time. What cannot be compiled
 * is not tried again for each test.
 * @param run as a rule that of the queue
 * @param programFor which files a test is run with; what has the same files is compiled in the same way
 * @param mostMs of running, waiting not counted; tests that come after it are not run
 */
export async function* runTests<Test extends ProgramTest>(
  run: (program: Program) => Promise<ProgramResult>,
  programFor: (test: Test) => Omit<Program, 'stdin' | 'arguments'>,
  tests: Test[],
  mostMs: number,
): AsyncGenerator<Verdict, void, void> {
  const uncompiled = new Map<SourceFile[], ProgramResult>()
  let takenMs = 0
  for (const test of tests) {
    const program = programFor(test)
    if (takenMs >= mostMs) {
      yield notRun(test)
      continue
    }
    const known = uncompiled.get(program.files)
    const result = known ?? (await run(callOf(program, test)))
    if (!known) takenMs += result.wallMs
    if (result.outcome === 'not_compiled') uncompiled.set(program.files, result)
    yield verdictOf(program.language, test, result)
  }
}

const callOf = (program: Omit<Program, 'stdin' | 'arguments'>, test: ProgramTest): Program =>
  test.unitTest
    ? unitProgram(program, test.unitTest, test.stdin)
    : { ...program, stdin: test.stdin, arguments: test.arguments ?? [] }

const notRun = ({ id, worth }: ProgramTest): Verdict => ({
  testId: id,
  outcome: 'not_run',
  worth,
  earned: 0,
  difference: null,
  error: null,
  assertion: null,
  stdout: '',
  stderr: '',
  processorMs: null,
  wallMs: 0,
  memoryBytes: null,
})
