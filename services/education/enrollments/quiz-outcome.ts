import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import {
  completeQuizLessons,
  selectOptionalEnrollment,
  selectRequireQuizzes,
  upsertQuizResult,
} from './enrollments.store.ts'
import { recomputeProgress } from './progress.ts'

/** A graded attempt moves its learner's progress. One by somebody not enrolled, an author's trial, moves nothing. */
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
    await completeQuizLessons(tx, {
      organizationId: outcome.organizationId,
      enrollmentId: enrollment.id,
      courseId: outcome.courseId,
      quizId: outcome.quizId,
    })
  }
  await recomputeProgress(tx, { enrollmentId: enrollment.id })
}
