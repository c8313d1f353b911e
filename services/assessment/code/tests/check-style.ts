import { errorPlaceOf } from '@azora/contracts/assessment/error-place.ts'
import { z } from 'zod'
import type { Code } from '../../questions/code/code.ts'
import type { Program, ProgramResult } from '../sandbox/program.ts'
import type { Verdict } from './run-tests.ts'

/** Rules of style on the files that a learner wrote: all in one run, which reads them and runs nothing of them. */

type Check = NonNullable<Code['style']>[number]

const found = z.array(
  z.object({
    id: z.string(),
    kept: z.boolean(),
    place: z.object({ path: z.string(), line: z.number().int(), found: z.string() }).nullable(),
  }),
)

export const styleProgram = (
  language: string,
  files: { path: string; content: string }[],
  checks: Check[],
): Program => ({
  language: `${language}:style`,
  files,
  stdin: JSON.stringify({ checks, files: files.map(({ path, content }) => [path, content]) }),
})

/** A file that its language cannot read keeps no rule. */
export function styleVerdicts(language: string, checks: Check[], result: ProgramResult): Verdict[] {
  const { processorMs, wallMs, memoryBytes } = result
  const findings = result.outcome === 'finished' ? found.parse(JSON.parse(result.stdout)) : []
  const failed = result.outcome === 'failed' ? errorPlaceOf(language, result.stderr) : null
  return checks.map(({ id, worth }) => {
    const finding = findings.find(one => one.id === id)
    const place = finding?.place ?? null
    return {
      testId: id,
      outcome: result.outcome !== 'finished' ? result.outcome : finding?.kept ? 'right' : 'wrong',
      worth,
      earned: finding?.kept ? worth : 0,
      difference: null,
      error: place ? { path: place.path, line: place.line, message: place.found } : failed,
      assertion: null,
      stdout: '',
      stderr: '',
      processorMs,
      wallMs,
      memoryBytes,
    }
  })
}
