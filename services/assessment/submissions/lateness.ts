import type { Grading, Lateness, Total } from '../quizzes/grade.ts'
import type { Quiz } from '../quizzes/quizzes.store.ts'
import { graceSeconds } from './grace.ts'
import type { Submission } from './submissions.store.ts'

const dayMs = 24 * 60 * 60 * 1000

type Ended = Pick<Submission, 'now' | 'expiresAt'>

/**
 * How long after the due date an attempt ended. One that the service ended counts from its end, not from when it was
 * found. The last second has the grace that answers have.
 */
function overdueMs(dueAt: string | null, { now, expiresAt }: Ended): number {
  if (dueAt === null) return 0
  const end = Math.min(Date.parse(now), expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt))
  const overMs = end - Date.parse(dueAt)
  return overMs <= graceSeconds * 1000 ? 0 : overMs
}

/** Whether an attempt was late: as its grading says, or while it has none, and in a survey, by when it was submitted. */
export function isLate(
  { grading, submittedAt, expiresAt }: Pick<Submission, 'grading' | 'submittedAt' | 'expiresAt'>,
  dueAt: string | null,
): boolean {
  if (grading) return Boolean(grading.late)
  return submittedAt !== null && overdueMs(dueAt, { now: submittedAt, expiresAt }) > 0
}

/** A grading less what being late costs: so many percent of the points for each begun day. */
export function gradedInTime(
  grading: Grading,
  { dueAt, latePercentPerDay, passingScore }: Pick<Quiz, 'dueAt' | 'latePercentPerDay' | 'passingScore'>,
  ended: Ended,
): Grading & { late: Lateness | null } {
  const overMs = overdueMs(dueAt, ended)
  if (dueAt === null || overMs === 0) return { ...grading, late: null }
  const days = Math.ceil(overMs / dayMs)
  const percentOff = Math.min(100, days * latePercentPerDay)
  return lessLateness(grading, { dueAt, days, percentOff }, passingScore)
}

/** A result less what an attempt loses that was so late. */
export function lessLateness<G extends Total>(
  grading: G,
  { dueAt, days, percentOff }: Omit<Lateness, 'scoreBefore'>,
  passingScore: number,
): G & { late: Lateness } {
  const late = { dueAt, days, percentOff, scoreBefore: grading.score }
  if (percentOff === 0) return { ...grading, late }
  const share = grading.maxScore === 0 ? 100 : (grading.score * 100) / grading.maxScore
  const left = (share * (100 - percentOff)) / 100
  return {
    ...grading,
    late,
    // To four decimals, as points are told.
    score: Math.round(grading.score * (100 - percentOff) * 100) / 10_000,
    scorePercent: Math.round(left * 100) / 100,
    // As in grading, a billionth forgives that decimals do not add up exactly in binary.
    passed: left + 1e-9 >= passingScore,
  }
}
