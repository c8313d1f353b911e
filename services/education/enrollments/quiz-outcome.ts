import type { EventPayload } from '@azora/contracts/events.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import {
  completeQuizLessons,
  selectOptionalEnrollment,
  selectRequireQuizzes,
  upsertHiddenScore,
  upsertQuizResult,
} from './enrollments.store.ts'
import { recomputeProgress } from './progress.ts'

/** A graded attempt moves its learner's progress. One by someone not enrolled, an author's trial, moves nothing. */
export async function takeQuizOutcome(
  tx: Transaction,
  outcome: EventPayload<'assessment.completed'>,
): Promise<void> {
  const enrollment = await selectOptionalEnrollment(tx, outcome.userId, outcome.courseId)
  if (!enrollment) return
  await upsertQuizResult(tx, {
    organizationId: outcome.organizationId,
    enrollmentId: enrollment.id,
    quizId: outcome.quizId,
    percent: outcome.scorePercent,
    passed: outcome.passed,
    attempt: outcome.attemptNumber,
  })
  if (outcome.passed || !(await selectRequireQuizzes(tx, outcome.courseId))) {
    await completeQuizLessons(tx, { ...outcome, enrollmentId: enrollment.id })
  }
  await recomputeProgress(tx, { enrollmentId: enrollment.id })
}

/** A survey completes the lessons that show it by being submitted. It has no result, so it is in no gradebook. */
export async function takeSurvey(tx: Transaction, survey: EventPayload<'survey.completed'>): Promise<void> {
  const enrollment = await selectOptionalEnrollment(tx, survey.userId, survey.courseId)
  if (!enrollment) return
  await completeQuizLessons(tx, { ...survey, enrollmentId: enrollment.id })
  await recomputeProgress(tx, { enrollmentId: enrollment.id })
}

/** Keep in mind of which quizzes learners are not told their score. */
export function takeResultsShown(
  db: Queryable,
  { scoreShown, ...quiz }: EventPayload<'quiz.results_shown'>,
): Promise<void> {
  return upsertHiddenScore(db, { ...quiz, hidden: !scoreShown })
}
