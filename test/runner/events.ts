import { writeSync } from 'node:fs'
import { Transform } from 'node:stream'
import type { TestEvent } from 'node:test/reporters'

/**
 * A reporter that tells `run-file.ts` what happens in a test file while it happens, a line of JSON each. It writes at
 * once and to a channel of its own: what a test prints is not taken for it, and it is told before the process is killed.
 */

export const channel = 3

export type Told =
  | { type: 'began' | 'ended'; test: string }
  | { type: 'summary'; passed: number; failed: number; skipped: number }

function toldOf(event: TestEvent): Told | null {
  // The same name may be there twice: by its place in the file the two are told apart.
  const at = ({ name, line }: { name: string; line?: number }) => (line ? `${name} (line ${line})` : name)
  if (event.type === 'test:dequeue') return { type: 'began', test: at(event.data) }
  if (event.type === 'test:complete') return { type: 'ended', test: at(event.data) }
  if (event.type !== 'test:summary') return null
  // The types of Node know nothing of those that failed, which it counts as well.
  const counts: typeof event.data.counts & { failed?: number } = event.data.counts
  const { passed, failed = 0, cancelled, skipped } = counts
  return { type: 'summary', passed, failed: failed + cancelled, skipped }
}

export default new Transform({
  writableObjectMode: true,
  transform(event: TestEvent, _encoding, done) {
    const told = toldOf(event)
    if (told) writeSync(channel, `${JSON.stringify(told)}\n`)
    done()
  },
})
