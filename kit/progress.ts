import { setTimeout } from 'node:timers/promises'
import type { Logger } from './log.ts'

/**
 * Tells how far a long work is. Only the latest state is written, one write at a time and at most one a second, so
 * that saying it often costs nothing.
 */
export type Reporter<State> = {
  report(state: State): void
  /** Resolves when what was last reported is written. */
  settled(): Promise<void>
}

const everyMs = 1000

/**
 * @param write stores the state; false when nobody waits for the work any more.
 * @param unwanted called then.
 */
export function createReporter<State>(options: {
  write(state: State): Promise<boolean>
  unwanted(): void
  log: Logger
}): Reporter<State> {
  let next: { state: State } | null = null
  let writing: Promise<void> | null = null
  let hurry = new AbortController()

  async function writeAll(): Promise<void> {
    while (next) {
      const { state } = next
      next = null
      try {
        if (!(await options.write(state))) options.unwanted()
      } catch (failure) {
        // A page that shows an old state for a moment is no reason to end the work.
        options.log.warn('The progress of a job could not be written', { failure })
      }
      await setTimeout(everyMs, undefined, { signal: hurry.signal, ref: false }).catch(() => {})
    }
    writing = null
  }

  return {
    report(state) {
      next = { state }
      writing ??= writeAll()
    },
    async settled() {
      hurry.abort()
      await writing
      hurry = new AbortController()
    },
  }
}
