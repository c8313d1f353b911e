import { writeSync } from 'node:fs'
import { Transform } from 'node:stream'
import type { TestEvent } from 'node:test/reporters'

/**
 * A reporter that tells `run-file.ts` what happens in a test file while it happens, a line of JSON each. It writes at
 * once and to a channel of its own: what a test prints is not taken for it, and it is told before the process is killed.
 */

export const channel = 3

/** How many tests there were; a suite is none. */
export type Counts = { passed: number; failed: number; skipped: number }

export type Told =
  /** `outermost`: its bare name, where no suite holds it. */
  | { type: 'began'; test: string; outermost?: string }
  | { type: 'ended'; test: string }
  /** What came of all tests in one that no suite holds. */
  | { type: 'outcome'; name: string; counts: Counts }
  | { type: 'summary'; counts: Counts }

const none: Counts = { passed: 0, failed: 0, skipped: 0 }
/** Since the last outcome. */
let counts = { ...none }

/** What one or all tests within one that no suite holds came to, told with the last of them. */
function outcomeOf(event: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>): Told | null {
  const { name, nesting, skip, details } = event.data
  const isSuite = details.type === 'suite'
  const failed = event.type === 'test:fail'
  if (!isSuite) counts[failed ? 'failed' : skip === undefined ? 'passed' : 'skipped'] += 1
  if (nesting > 0) return null
  // A suite fails without a test that failed when its file cannot be loaded.
  if (isSuite && failed && counts.failed === 0) counts.failed = 1
  const told: Told = { type: 'outcome', name, counts }
  counts = { ...none }
  return told
}

function toldOf(event: TestEvent): Told | null {
  // The same name may be there twice: by its place in the file the two are told apart.
  const at = ({ name, line }: { name: string; line?: number }) => (line ? `${name} (line ${line})` : name)
  if (event.type === 'test:dequeue') {
    const outermost = event.data.nesting === 0 ? event.data.name : undefined
    return { type: 'began', test: at(event.data), ...(outermost && { outermost }) }
  }
  if (event.type === 'test:complete') return { type: 'ended', test: at(event.data) }
  if (event.type === 'test:pass' || event.type === 'test:fail') return outcomeOf(event)
  if (event.type !== 'test:summary') return null
  // The types of Node know nothing of those that failed, which it counts as well.
  const all: typeof event.data.counts & { failed?: number } = event.data.counts
  const { passed, failed = 0, cancelled, skipped } = all
  return { type: 'summary', counts: { passed, failed: failed + cancelled, skipped } }
}

export default new Transform({
  writableObjectMode: true,
  transform(event: TestEvent, _encoding, done) {
    const told = toldOf(event)
    if (told) writeSync(channel, `${JSON.stringify(told)}\n`)
    done()
  },
})
