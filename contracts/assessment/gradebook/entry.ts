import { attemptScore, type Counting, type ScoredAttempt } from './attempt-score.ts'
import type { Entry } from './course-grade.ts'
import { fractionOf } from './exact.ts'

/** What is known of a learner's grade in an item. */
export type Known = {
  /** Entered by hand; it counts in place of attempts. */
  enteredScore: number | null
  attempts: ScoredAttempt[]
  excused: boolean
}

/** What of it counts. */
export const entryOf = (
  item: { points: number; countedAttempt: Counting; due: boolean },
  { enteredScore, attempts, excused }: Known,
): Entry => ({
  score:
    enteredScore === null
      ? attemptScore(item.countedAttempt, attempts, item.points)
      : fractionOf(enteredScore),
  excused,
  due: item.due,
})
