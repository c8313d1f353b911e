import type { EventPayload } from '@azora/contracts/events.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { completeQuizLessons, selectOptionalEnrollment, upsertHiddenScore } from './enrollments.store.ts'
import { recomputeProgress } from './progress.ts'
import { type Outcome, recordOutcomes } from './quiz-outcome.store.ts'

/** Graded attempts move the progress of their learners. */
export async function takeQuizOutcomes(tx: Transaction, outcomes: readonly Outcome[]): Promise<void> {
  const enrollmentIds = await recordOutcomes(tx, outcomes)
  if (enrollmentIds.length > 0) await recomputeProgress(tx, { enrollmentIds })
}

/** A survey completes the lessons that show it by being submitted. It has no result, so it is in no gradebook. */
export async function takeSurvey(tx: Transaction, survey: EventPayload<'survey.completed'>): Promise<void> {
  const enrollment = await selectOptionalEnrollment(tx, survey.userId, survey.courseId)
  if (!enrollment) return
  await completeQuizLessons(tx, { ...survey, enrollmentId: enrollment.id })
  await recomputeProgress(tx, { enrollmentIds: [enrollment.id] })
}

/** Keep in mind of which quizzes learners are not told their score. */
export function takeResultsShown(
  db: Queryable,
  { scoreShown, ...quiz }: EventPayload<'quiz.results_shown'>,
): Promise<void> {
  return upsertHiddenScore(db, { ...quiz, hidden: !scoreShown })
}
