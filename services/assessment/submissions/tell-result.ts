import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { askToTellGrades } from '../gradebook/told-grades.store.ts'
import { countedResult } from './counted-attempt.ts'
import {
  type AttemptQuiz,
  type AttemptResult,
  type Submission,
  selectOtherResults,
} from './submissions.store.ts'

/**
 * Tell of a result that is given or changed out of turn: a later attempt may have been graded before it. The attempts
 * beside it are locked. Practice has no result that counts.
 */
export async function tellResult(
  tx: Transaction,
  attempt: Submission & { submittedAt: string },
  quiz: AttemptQuiz,
  { scorePercent, passed, score, maxScore }: Omit<AttemptResult, 'attemptNumber'>,
): Promise<void> {
  if (quiz.practice) return
  askToTellGrades(tx, quiz.courseId, [attempt.userId])
  const { attemptNumber } = attempt
  const others = await selectOtherResults(tx, attempt)
  const results = [...others, { scorePercent, passed, score, maxScore, attemptNumber }].sort(
    (a, b) => a.attemptNumber - b.attemptNumber,
  )
  await publish(tx, 'assessment', 'assessment.completed', {
    submissionId: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    userId: attempt.userId,
    organizationId: tx.organizationId,
    scorePercent,
    passed,
    counted: countedResult(quiz.countedAttempt, results, quiz.passingScore) ?? undefined,
    countedThrough: results.at(-1)?.attemptNumber,
    attemptNumber,
    completedAt: attempt.submittedAt,
  })
}
