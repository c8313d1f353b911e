import { randomUUID } from 'node:crypto'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { askToTellGrades } from '../gradebook/told-grades.store.ts'
import { newAlias } from '../marking/alias.ts'
import { closeAwaiting } from '../marking/awaiting.store.ts'
import { enqueueMarking } from '../marking/programs/task.ts'
import { markerOf } from '../questions/asked-question.ts'
import type { Question } from '../questions/question.ts'
import { type Answers, type Grading, gradeAttempt } from '../quizzes/grade.ts'
import { enqueuePrinting } from '../similarity/print-essays.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { hasToEnd } from './attempt-rules.ts'
import { countedResult } from './counted-attempt.ts'
import { graceSeconds } from './grace.ts'
import { gradedInTime } from './lateness.ts'
import {
  type AttemptQuiz,
  closeSurvey,
  gradeSubmission,
  keptOf,
  lockOptionalAttempt,
  type Submission,
  selectExpired,
  selectOtherResults,
} from './submissions.store.ts'

type LockedAttempt = NonNullable<Awaited<ReturnType<typeof lockOptionalAttempt>>>
type Tools = Pick<ServiceKit, 'metrics'> & { questionsOf: AskedQuestions }

/**
 * Lock an attempt, and end it with the answers it has if its time is up. It may have ended already.
 * @throws AppError `not_found`.
 */
export async function finishLocked(tx: Transaction, tools: Tools, submissionId: string) {
  const found = await lockOptionalAttempt(tx, submissionId)
  if (!found) throw new AppError('not_found')
  return endIfOver(tx, tools, found)
}

async function endIfOver(tx: Transaction, tools: Tools, found: LockedAttempt): Promise<Submission> {
  const { attempt } = found
  return hasToEnd(attempt, attempt.now) ? finish(tx, tools, found, attempt.answers) : attempt
}

/**
 * End an open attempt whose row is locked, at the time when it was read. A quiz is graded, stored and told to the other
 * services in one transaction; with answers that the rules cannot mark it waits for them first, and nothing is told.
 */
export async function finish(
  tx: Transaction,
  { metrics, questionsOf }: Tools,
  { quiz, attempt }: LockedAttempt,
  answers: Answers,
): Promise<Submission> {
  if (quiz.kind === 'survey') return finishSurvey(tx, quiz, attempt, answers)
  if (!quiz.practice) askToTellGrades(tx, quiz.courseId, [attempt.userId])
  const questions = await questionsOf(tx, attempt)
  const marked = gradeAttempt(questions, { ...attempt, answers }, quiz.passingScore)
  if (marked.awaiting.length > 0) return finishAwaiting(tx, attempt, { answers, grading: marked, questions })
  const grading = gradedInTime(marked, quiz, attempt)
  // One before it may be graded after it, by a person; the first has none before it.
  const earlier = attempt.attemptNumber > 1 ? await selectOtherResults(tx, attempt) : []
  const results = [...earlier, { ...grading, attemptNumber: attempt.attemptNumber }]
  const submittedAt = attempt.now
  gradeSubmission(tx, attempt.id, { answers, grading, submittedAt })
  if (quiz.practice) await tellUncounted(tx, quiz, attempt)
  else
    await publish(tx, 'assessment', 'assessment.completed', {
      submissionId: attempt.id,
      quizId: quiz.id,
      courseId: quiz.courseId,
      userId: attempt.userId,
      organizationId: tx.organizationId,
      scorePercent: grading.scorePercent,
      passed: grading.passed,
      counted: countedResult(quiz.countedAttempt, results, quiz.passingScore) ?? undefined,
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
    grading: keptOf(grading),
    submittedAt,
  }
}

async function finishAwaiting(
  tx: Transaction,
  attempt: Submission,
  { answers, grading, questions }: { answers: Answers; grading: Grading; questions: Question[] },
): Promise<Submission> {
  const submittedAt = attempt.now
  const { awarded, marks, hints } = grading
  const toMark = questions.flatMap(question => {
    const marker = markerOf(question, answers)
    // Not an id that counts up: it would tell who submitted when.
    return marker ? { id: randomUUID(), questionId: question.id, marker } : []
  })
  closeAwaiting(tx, attempt.id, {
    answers,
    soFar: { awarded, marks, hints },
    submittedAt,
    alias: newAlias(),
    toMark,
  })
  if (toMark.some(({ marker }) => marker === 'person')) await enqueuePrinting(tx, attempt.id)
  if (toMark.some(({ marker }) => marker === 'program')) await enqueueMarking(tx, attempt.id)
  return { ...attempt, answers, state: 'submitted', awaitsMarking: true, submittedAt }
}

async function finishSurvey(
  tx: Transaction,
  quiz: AttemptQuiz,
  attempt: Submission,
  answers: Answers,
): Promise<Submission> {
  const submittedAt = attempt.now
  closeSurvey(tx, attempt.id, { answers, submittedAt })
  await tellUncounted(tx, quiz, attempt)
  return { ...attempt, answers, state: 'submitted', submittedAt }
}

/** What completes its lesson by being submitted, and has no result that counts. */
async function tellUncounted(tx: Transaction, quiz: AttemptQuiz, attempt: Submission): Promise<void> {
  await publish(tx, 'assessment', 'survey.completed', {
    submissionId: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    userId: attempt.userId,
    organizationId: tx.organizationId,
    attemptNumber: attempt.attemptNumber,
    completedAt: attempt.now,
  })
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
        const found = await lockOptionalAttempt(tx, id)
        if (found) await endIfOver(tx, tools, found)
      })
      .catch(failure => failures.push(failure))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} attempts were not graded.`)
  return expired.length
}
