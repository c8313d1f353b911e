import type { AzoraError } from './azora-error.ts'

export type Retry = {
  /** How often at most, the first time included; 3 unless given. */
  attempts?: number
  /** The pause after the first attempt in milliseconds, doubled with each; 300 unless given. */
  firstPauseMs?: number
  /** A pause longer than this, asked for by the API, is not waited for; 30 seconds unless given. */
  longestPauseMs?: number
}

export function retryOf(given: Retry | false | undefined): Required<Retry> {
  const { attempts = 3, firstPauseMs = 300, longestPauseMs = 30_000 } = given || {}
  return { attempts: given === false ? 1 : attempts, firstPauseMs, longestPauseMs }
}

/** Whether a failure may be over at the next attempt, and the call may be made again. */
export function isPassing(
  { status, code }: AzoraError,
  call: { repeatable: boolean; kind: string | undefined; attempt: number },
): boolean {
  if (call.kind === 'upload') return false // a stream is read once
  // Refused before anything was done.
  if (status === 429) return true
  if (!call.repeatable) return false
  if (status === 0 || status === 502 || status === 503 || status === 504) return true
  // Our own first attempt, of which no answer came, may still be at work under the same key.
  return code === 'conflict' && call.attempt > 1
}

/** Null when the API asks for more patience than there is. */
export function pauseMs(
  { retryAfterSeconds }: AzoraError,
  attempt: number,
  { firstPauseMs, longestPauseMs }: Required<Retry>,
): number | null {
  if (retryAfterSeconds !== undefined) {
    const asked = retryAfterSeconds * 1000
    return asked <= longestPauseMs ? asked : null
  }
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random()))
}
