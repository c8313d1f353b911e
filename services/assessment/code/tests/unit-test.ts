import { z } from 'zod'
import type { Program, ProgramResult } from '../sandbox/program.ts'

/**
 * Unit tests of an author (decision 0057). The test and the program run in one sandbox as two processes; what the one that
 * has the test prints is its report, and the other one can neither write there nor read the test.
 */

export type UnitTest = { source: string; name: string }

/** Why a test failed. */
export type Assertion = {
  kind: 'failed' | 'error' | 'ended' | 'missing'
  /** What was last called of the program. */
  call: string | null
  /** Null where the values say all. */
  message: string | null
  given: string | null
  expected: string | null
}

const told = z.string().nullable()
const report = z.object({
  outcome: z.enum(['passed', 'failed', 'error', 'ended', 'missing', 'timed_out']),
  call: told,
  message: told,
  given: told,
  expected: told,
  stdout: z.string(),
})

/** To start two processes, which the limits of a question do not mean. */
const startMs = 2_000

export function unitProgram(
  program: Omit<Program, 'stdin' | 'arguments'>,
  { source, name }: UnitTest,
  stdin: string,
): Program {
  const { language, files, limits } = program
  const paths = files.map(({ path }) => path)
  return {
    language: `${language}:unit`,
    files,
    stdin: JSON.stringify({ source, name, language, paths, stdin }),
    limits: {
      ...limits,
      processorMs: (limits?.processorMs ?? 0) + startMs,
      wallMs: (limits?.wallMs ?? 0) + 3 * startMs,
    },
  }
}

/** What a run of it came to, as if the program itself had been run. */
export function unitResult(result: ProgramResult): ProgramResult & { assertion: Assertion | null } {
  if (result.outcome !== 'finished') return { ...result, stdout: '', assertion: null }
  const { outcome, stdout, ...more } = reportOf(result.stdout)
  if (outcome === 'timed_out') return { ...result, stdout, outcome, assertion: null }
  return {
    ...result,
    stdout,
    outcome: outcome === 'error' || outcome === 'ended' || outcome === 'missing' ? 'failed' : 'finished',
    assertion: outcome === 'passed' ? null : { kind: outcome, ...more },
  }
}

function reportOf(text: string): z.infer<typeof report> {
  try {
    return report.parse(JSON.parse(text))
  } catch {
    return { outcome: 'ended', call: null, message: null, given: null, expected: null, stdout: '' }
  }
}
