import type { Verdict } from '../../code/tests/run-tests.ts'
import type { Code } from '../../questions/code/code.ts'
import type { PartMark } from '../../questions/question-rules.ts'

/** Of a long line the beginning is enough. */
const toldLength = 200

const reasons = {
  right: 'test_passed',
  wrong: 'test_failed',
  failed: 'program_failed',
  not_compiled: 'not_compiled',
  timed_out: 'timed_out',
  // The tests before it took all of the time.
  not_run: 'timed_out',
  memory_exceeded: 'memory_exceeded',
  output_exceeded: 'output_exceeded',
  files_exceeded: 'files_exceeded',
  processes_exceeded: 'processes_exceeded',
} satisfies Record<Verdict['outcome'], PartMark['reason']>

/** A program prints what it likes, and PostgreSQL's JSON holds neither a zero character nor half of one that is written in two. */
const storable = (text: string) => text.replaceAll('\0', '\u{fffd}').toWellFormed()

const told = (text: string | null | undefined) => (text == null ? null : storable(text.slice(0, toldLength)))

/**
 * What tests came to, as marks. Of a hidden test there is no more than that: whatever the program says on it, an error
 * or the line of one too, could tell what it was given.
 */
export function marksOfTests(
  { tests, style = [] }: Pick<Code, 'tests' | 'style'>,
  verdicts: Verdict[],
): PartMark[] {
  const rules = new Set(style.map(({ id }) => id))
  const hidden = new Set(tests.filter(test => test.hidden).map(({ id }) => id))
  return verdicts.map(({ testId, outcome, worth, earned, difference, error, assertion }) => {
    const mark = { part: testId, worth, earned, reason: reasons[outcome] }
    if (hidden.has(testId)) return { ...mark, given: null, expected: null }
    if (rules.has(testId) && (outcome === 'right' || outcome === 'wrong'))
      return {
        ...mark,
        reason: outcome === 'right' ? 'style_kept' : 'style_broken',
        given: null,
        expected: null,
        place: error && { ...error, message: storable(error.message), only: null },
      }
    return {
      ...mark,
      given: told((difference ?? assertion)?.given),
      expected: told((difference ?? assertion)?.expected),
      ...(assertion ? { assertion: { call: told(assertion.call), message: told(assertion.message) } } : {}),
      place: difference
        ? { path: null, line: difference.line, message: null, only: difference.only }
        : error && { ...error, message: storable(error.message), only: null },
    }
  })
}
