import type { Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { type Answers, gradeAttempt } from '../quizzes/grade.ts'
import { type Quiz, selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { graceSeconds, hasToEnd } from './attempt-rules.ts'
import {
  closeSurvey,
  gradeSubmission,
  lockOptionalSubmission,
  type Submission,
  selectExpired,
  selectOptionalSubmission,
} from './submissions.store.ts'

type Tools = Pick<ServiceKit, 'metrics'> & { questionsOf: AskedQuestions }

/** Lock an attempt, and end it with the answers it has if its time is up. It may have ended already. */
export async function finishLocked(tx: Transaction, tools: Tools, quiz: Quiz, submissionId: string) {
  const attempt = await lockOptionalSubmission(tx, submissionId)
  if (!attempt) throw new AppError('not_found')
  return hasToEnd(attempt, attempt.now) ? finish(tx, tools, quiz, attempt, attempt.answers) : attempt
}

/** End an attempt whose row is locked. A quiz is graded, stored and told to the other services in one transaction. */
export async function finish(
  tx: Transaction,
  { metrics, questionsOf }: Tools,
  quiz: Quiz,
  attempt: Submission,
  answers: Answers,
): Promise<Submission> {
  if (quiz.kind === 'survey') return finishSurvey(tx, quiz, attempt, answers)
  const grading = gradeAttempt(await questionsOf(tx, attempt), answers, quiz.passingScore)
  const { submittedAt } = await gradeSubmission(tx, attempt.id, answers, grading)
  await publish(tx, 'assessment', 'assessment.completed', {
    submissionId: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    userId: attempt.userId,
    organizationId: tx.organizationId,
    scorePercent: grading.scorePercent,
    passed: grading.passed,
    attemptNumber: attempt.attemptNumber,
    completedAt: submittedAt,
  })
  tx.afterCommit(() => metrics.business.inc({ event: 'attempt_graded' }))
  return {
    ...attempt,
    answers,
    state: 'graded',
    score: grading.score,
    maxScore: grading.maxScore,
    passed: grading.passed,
    grading: { scorePercent: grading.scorePercent, awarded: grading.awarded },
    submittedAt,
  }
}

async function finishSurvey(
  tx: Transaction,
  quiz: Quiz,
  attempt: Submission,
  answers: Answers,
): Promise<Submission> {
  const { submittedAt } = await closeSurvey(tx, attempt.id, answers)
  await publish(tx, 'assessment', 'survey.completed', {
    submissionId: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    userId: attempt.userId,
    organizationId: tx.organizationId,
    attemptNumber: attempt.attemptNumber,
    completedAt: submittedAt,
  })
  return { ...attempt, answers, state: 'submitted', submittedAt }
}

/**
 * Grade what lies open past its time, so that a learner who never came back still has a result.
 * @throws AggregateError of those that could not be graded, once all others are.
 */
export async function sweepExpired(tools: Tools & Pick<ServiceKit, 'db'>): Promise<number> {
  const expired = await selectExpired(tools.db.across, graceSeconds)
  const failures: unknown[] = []
  for (const { id, organizationId } of expired) {
    await tools.db
      .in(organizationId)
      .transaction(async tx => {
        const attempt = await selectOptionalSubmission(tx, id)
        const quiz = attempt && (await selectOptionalQuiz(tx, attempt.quizId))
        if (quiz) await finishLocked(tx, tools, quiz, id)
      })
      .catch(failure => failures.push(failure))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} attempts were not graded.`)
  return expired.length
}
