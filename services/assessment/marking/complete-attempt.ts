import type { Transaction } from '@azora/kit/db.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { markByRubric } from '../questions/essay/essay.ts'
import type { Question } from '../questions/question.ts'
import { type GivenMark, gradeAttempt } from '../quizzes/grade.ts'
import type { AskedQuestions } from '../submissions/asked-questions.ts'
import { gradedInTime } from '../submissions/lateness.ts'
import { lockAttemptsBeside, lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { tellResult } from '../submissions/tell-result.ts'
import { gradeAwaiting, type MarkedAnswer, selectAnswersOf } from './marking.store.ts'

export type MarkingTools = Pick<ServiceKit, 'db' | 'metrics'> & { questionsOf: AskedQuestions }
type LockedAttempt = NonNullable<Awaited<ReturnType<typeof lockOptionalAttempt>>>

/**
 * Grade an attempt that is locked with those beside it, if all its marks are given: its score, its pass and the event that tells of them, in
 * the transaction of the last mark. What it costs to be late counts from when it was submitted.
 * @returns whether it is graded now; it was not if it is graded already
 */
export async function completeIfMarked(
  tx: Transaction,
  { metrics, questionsOf }: MarkingTools,
  { attempt, quiz }: LockedAttempt,
): Promise<boolean> {
  if (!attempt.awaitsMarking || attempt.submittedAt === null) return false
  const answers = await selectAnswersOf(tx, attempt.id)
  if (answers.some(({ state }) => state !== 'marked')) return false
  const questions = await questionsOf(tx, attempt)
  const given = new Map(answers.map(answer => [answer.questionId, givenMark(answer, questions)]))
  const marked = gradeAttempt(questions, attempt, quiz.passingScore, given)
  if (marked.awaiting.length > 0) throw new Error(`Attempt ${attempt.id} has answers that no one is to mark.`)
  const { submittedAt, expiresAt } = attempt
  const grading = gradedInTime(marked, quiz, { now: submittedAt, expiresAt })
  gradeAwaiting(tx, attempt.id, grading)
  await tellResult(tx, { ...attempt, submittedAt }, quiz, grading)
  tx.afterCommit(() => metrics.business.inc({ event: 'attempt_graded' }))
  return true
}

/** What an answer earns by its mark. */
export function givenMark(
  answer: Pick<MarkedAnswer, 'questionId' | 'points' | 'levels' | 'comment' | 'annotations' | 'marks'>,
  questions: Question[],
): GivenMark {
  const question = questions.find(({ id }) => id === answer.questionId)
  const awarded = answer.points ?? 0
  if (answer.marks) return { awarded, marks: answer.marks, comment: null }
  const comment = answer.comment || null
  const { annotations } = answer
  const byRubric =
    (question?.type === 'essay' || question?.type === 'upload') && question.body.rubric.length > 0
      ? markByRubric(question.body, question.points, answer.levels)
      : null
  if (byRubric) return { ...byRubric, comment, annotations }
  const whole = question?.points ?? 0
  const mark = { part: answer.questionId, given: null, expected: null, awarded, points: whole }
  return { awarded, marks: [{ ...mark, reason: 'marked' }], comment, annotations }
}

/** Lock an attempt and grade it if all its marks are given. */
export async function completeAttempt(
  tx: Transaction,
  tools: MarkingTools,
  submissionId: string,
): Promise<boolean> {
  await lockAttemptsBeside(tx, submissionId)
  const found = await lockOptionalAttempt(tx, submissionId)
  return found ? completeIfMarked(tx, tools, found) : false
}
