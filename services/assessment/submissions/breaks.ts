import { limits } from '@azora/contracts/limits.ts'

/**
 * Breaks that stop the clock of an attempt. Pure, and on the database's clock. A break is stored with its last moment
 * as soon as it begins, and the end of the attempt counts it in full: so it ends without a timer, and anyone who looks at
 * the attempt, on whatever device, sees the same. Ending it early brings both moments forward. The closing of a quiz
 * does not move for a break.
 */

/** Moments, as ISO 8601. */
export type Break = { from: string; to: string }

type Breaking = {
  state: 'in_progress' | 'graded' | 'submitted'
  /** With all breaks in it. */
  expiresAt: string | null
  breakSeconds: number
  breaks: Break[]
}

const secondsOf = ({ from, to }: Break) => (Date.parse(to) - Date.parse(from)) / 1000

/** Whole seconds of breaks that are left. One that is running has taken all of them until it ends. */
export function breakSecondsLeft({
  breakSeconds,
  breaks,
}: Pick<Breaking, 'breakSeconds' | 'breaks'>): number {
  const taken = breaks.reduce((sum, one) => sum + secondsOf(one), 0)
  return Math.max(0, Math.floor(breakSeconds - taken))
}

/** When the break ends that is running; null where none is. It lasts no longer than the attempt. */
export function breakUntil({ state, expiresAt, breaks }: Breaking, now: string): string | null {
  const last = breaks.at(-1)
  if (state !== 'in_progress' || !last) return null
  const untilMs = Math.min(Date.parse(last.to), expiresAt === null ? Infinity : Date.parse(expiresAt))
  return Date.parse(now) < untilMs ? new Date(untilMs).toISOString() : null
}

/** Why an attempt takes no break now, whose earlier ones are over. */
export function refusalOfBreak(attempt: Breaking, now: string): 'attempt_closed' | 'no_break_left' | null {
  const { state, expiresAt, breaks } = attempt
  // Not in the grace after its end either: a break would bring the attempt back.
  if (state !== 'in_progress' || (expiresAt !== null && Date.parse(now) >= Date.parse(expiresAt)))
    return 'attempt_closed'
  return breaks.length >= limits.breaksOfAttempt || breakSecondsLeft(attempt) < 1 ? 'no_break_left' : null
}

/** The breaks with one that begins now and takes all that is left. */
export const withBreak = (attempt: Pick<Breaking, 'breakSeconds' | 'breaks'>, now: string): Break[] => [
  ...attempt.breaks,
  { from: now, to: new Date(Date.parse(now) + breakSecondsLeft(attempt) * 1000).toISOString() },
]

/** The breaks with the last one, which is running, ended now. */
export const endedNow = (breaks: Break[], now: string): Break[] =>
  breaks.map((one, at) => (at === breaks.length - 1 ? { ...one, to: now } : one))

/** The breaks as they were, for a reader: none outlasts the attempt. */
export const breaksTaken = (attempt: Breaking & { submittedAt: string | null }): Break[] => {
  const end = attempt.submittedAt ?? attempt.expiresAt
  const endMs = end === null ? Infinity : Date.parse(end)
  return attempt.breaks.map(({ from, to }) => ({
    from: new Date(from).toISOString(),
    to: new Date(Math.min(Date.parse(to), endMs)).toISOString(),
  }))
}
