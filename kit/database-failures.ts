import { AppError } from './errors.ts'

/** What PostgreSQL and the way to it answer when a statement fails through no fault of its own. */

// Connection-level failures: the statement never took effect or its fate is unknown to us, and a later try may do.
const lostConnection = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND', // the name of a container that is being replaced
  'EAI_AGAIN',
  '53300', // too many clients
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
])

// Serialization failure and deadlock: PostgreSQL asks for the whole transaction anew (manual, 13.5).
const ended = new Set(['40001', '40P01'])

export const endedByAnother = (failure: unknown): boolean =>
  ended.has((failure as { code?: string } | null)?.code ?? '')

/** A lost connection as `unavailable`; any other failure as it is. */
export function asLost(failure: unknown): unknown {
  const code = (failure as { code?: string }).code ?? ''
  const text = failure instanceof Error ? failure.message : ''
  if (
    lostConnection.has(code) ||
    /timeout exceeded when trying to connect|Connection terminated|is not queryable/.test(text)
  ) {
    return new AppError('unavailable', {}, { cause: failure })
  }
  return failure
}
