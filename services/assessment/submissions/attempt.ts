import { randomInt } from 'node:crypto'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { courseRole, requireParticipant } from '../courses/course-roles.ts'
import { type Answers, admissibleAnswers, gradeAttempt } from '../quizzes/grade.ts'
import {
  lockQuiz,
  type Question,
  type Quiz,
  selectOptionalQuiz,
  selectQuestions,
  selectQuestionsById
} from '../quizzes/quizzes.store.ts'
import {
  gradeSubmission,
  insertSubmission,
  lockOptionalSubmission,
  mergeAnswers,
  type Submission,
  selectAttempts,
  selectExpired,
  selectOptionalSubmission
} from './submissions.store.ts'

/**
 * An attempt: begun once, answered bit by bit, graded once. The time limit is kept by the database's clock. What
 * was saved before the limit counts even if it is never handed in: an attempt whose time is over is graded with
 * what it has, by whoever looks at it first or by the sweep.
 */

type Tools = Pick<ServiceKit, 'db' | 'others' | 'metrics'>

/** An answer sent in the last second may arrive a little later on a slow line. */
const graceSeconds = 15

async function selectQuizForParticipant(tools: Tools, context: RequestContext, quizId: string): Promise<Quiz> {
  const quiz = await selectOptionalQuiz(tools.db.in(actorOf(context).organizationId), quizId)
  if (!quiz) throw new AppError('not_found')
  const role = await requireParticipant(tools, context, quiz.courseId)
  if (quiz.bank && !role.author) throw new AppError('not_found')
  return quiz
}

const summary = (attempt: Submission) => ({
  id: attempt.id,
  attemptNumber: attempt.attemptNumber,
  state: attempt.state,
  scorePercent: attempt.grading?.scorePercent ?? null,
  passed: attempt.passed,
  startedAt: attempt.startedAt,
  submittedAt: attempt.submittedAt
})

export { summary as summaryOf }

/** A quiz before it is begun, with one's attempts. */
export async function readQuiz(tools: Tools, context: RequestContext, quizId: string) {
  const actor = actorOf(context)
  const quiz = await selectQuizForParticipant(tools, context, quizId)
  const attempts = await selectAttempts(tools.db.in(actor.organizationId), quizId, actor.userId)
  const scores = attempts.flatMap(attempt => attempt.grading?.scorePercent ?? [])
  return {
    ...quiz,
    attempts: attempts.map(summary),
    attemptsLeft: quiz.maxAttempts === null ? null : Math.max(0, quiz.maxAttempts - attempts.length),
    bestScorePercent: scores.length > 0 ? Math.max(...scores) : null,
    passed: attempts.some(attempt => attempt.passed === true)
  }
}

function shuffled<T>(items: T[]): T[] {
  const result = [...items]
  for (let at = result.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    const held = result[at] as T
    result[at] = result[other] as T
    result[other] = held
  }
  return result
}

/**
 * Begin an attempt, or go on with the one that is open.
 * @throws AppError `not_found`, `not_enrolled`, `quiz_not_ready`, `attempts_exhausted`.
 */
export async function startAttempt(tools: Tools, context: RequestContext, quizId: string) {
  const actor = actorOf(context)
  const quiz = await selectQuizForParticipant(tools, context, quizId)
  return tools.db.in(actor.organizationId).transaction(async tx => {
    // The lock keeps the questions from changing between their reading and the attempt that names them.
    await lockQuiz(tx, quizId, 'share')
    let attempts = await selectAttempts(tx, quizId, actor.userId)
    const open = attempts.find(attempt => attempt.state === 'in_progress')
    if (open) {
      if (!isOver(open)) return view(tx, quiz, open)
      await finish(tx, tools, quiz, open)
      attempts = await selectAttempts(tx, quizId, actor.userId)
    }
    if (quiz.maxAttempts !== null && attempts.length >= quiz.maxAttempts) throw new AppError('attempts_exhausted')
    const questions = await selectQuestions(tx, quizId)
    if (questions.length === 0) throw new AppError('quiz_not_ready')
    const ids = questions.map(question => question.id)
    const id = uuidv7()
    await insertSubmission(tx, {
      id,
      organizationId: actor.organizationId,
      quizId,
      userId: actor.userId,
      attemptNumber: attempts.length + 1,
      questionIds: quiz.shuffle ? shuffled(ids) : ids,
      timeLimitMinutes: quiz.timeLimitMinutes
    })
    // The row is missing when a second tab began the same attempt first; then that one is the answer.
    const made = (await selectAttempts(tx, quizId, actor.userId)).find(attempt => attempt.state === 'in_progress')
    if (!made) throw new AppError('conflict')
    return view(tx, quiz, made)
  })
}

function isOver(attempt: Submission): boolean {
  return attempt.expiresAt !== null && Date.now() > Date.parse(attempt.expiresAt) + graceSeconds * 1000
}

/** One's own attempt, or for the course's author anybody's. @throws AppError `not_found`. */
async function selectVisible(tools: Tools, context: RequestContext, submissionId: string) {
  const actor = actorOf(context)
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (!attempt) throw new AppError('not_found')
  const quiz = await selectOptionalQuiz(school, attempt.quizId)
  if (!quiz) throw new AppError('not_found')
  if (attempt.userId !== actor.userId && !(await courseRole(tools, context, quiz.courseId)).author) {
    throw new AppError('not_found')
  }
  return { attempt, quiz, own: attempt.userId === actor.userId }
}

export async function readAttempt(tools: Tools, context: RequestContext, submissionId: string) {
  const { attempt, quiz } = await selectVisible(tools, context, submissionId)
  const school = tools.db.in(actorOf(context).organizationId)
  if (attempt.state === 'in_progress' && isOver(attempt)) {
    return school.transaction(async tx => view(tx, quiz, await finishLocked(tx, tools, quiz, submissionId)))
  }
  return view(school, quiz, attempt)
}

/** @throws AppError `not_found`, `attempt_closed` once it was handed in or its time is over. */
export async function saveAnswers(tools: Tools, context: RequestContext, submissionId: string, answers: Answers) {
  const actor = actorOf(context)
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (attempt?.userId !== actor.userId) throw new AppError('not_found')
  const questions = await selectQuestionsById(school, attempt.questionIds)
  const savedAt = await mergeAnswers(school, submissionId, admissibleAnswers(questions, answers), graceSeconds)
  if (!savedAt) throw new AppError('attempt_closed')
  return { savedAt }
}

/**
 * Hand in. The result is graded, stored and told to the other services in one transaction, so that an answer to
 * the learner means it is kept. Repeating it answers the result there is.
 */
export async function submitAttempt(
  tools: Tools,
  context: RequestContext,
  submissionId: string,
  answers: Answers | undefined
) {
  const actor = actorOf(context)
  return tools.db.in(actor.organizationId).transaction(async tx => {
    const attempt = await lockOptionalSubmission(tx, submissionId)
    if (attempt?.userId !== actor.userId) throw new AppError('not_found')
    const quiz = await selectOptionalQuiz(tx, attempt.quizId)
    if (!quiz) throw new AppError('not_found')
    if (attempt.state === 'graded') return view(tx, quiz, attempt)
    return view(tx, quiz, await finish(tx, tools, quiz, attempt, isOver(attempt) ? undefined : answers))
  })
}

async function finishLocked(tx: Transaction, tools: Pick<Tools, 'metrics'>, quiz: Quiz, submissionId: string) {
  const attempt = await lockOptionalSubmission(tx, submissionId)
  if (!attempt) throw new AppError('not_found')
  return attempt.state === 'graded' ? attempt : finish(tx, tools, quiz, attempt)
}

async function finish(
  tx: Transaction,
  { metrics }: Pick<Tools, 'metrics'>,
  quiz: Quiz,
  attempt: Submission,
  lastAnswers?: Answers
): Promise<Submission> {
  const questions = await selectQuestionsById(tx, attempt.questionIds)
  const answers = { ...attempt.answers, ...admissibleAnswers(questions, lastAnswers ?? {}) }
  const grading = gradeAttempt(questions, answers, quiz.passingScore)
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
    completedAt: submittedAt
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
    submittedAt
  }
}

/** An attempt as its learner sees it: the correct options only once it is graded. */
async function view(db: Queryable, quiz: Quiz, attempt: Submission) {
  const questions = await selectQuestionsById(db, attempt.questionIds)
  const open = questions.map(({ id, type, content, points, options }) => ({
    id,
    type,
    content,
    points,
    options: options.map(option => ({ id: option.id, content: option.content }))
  }))
  return {
    id: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    title: quiz.title,
    passingScore: quiz.passingScore,
    attemptNumber: attempt.attemptNumber,
    state: attempt.state,
    startedAt: attempt.startedAt,
    expiresAt: attempt.expiresAt,
    now: new Date().toISOString(),
    submittedAt: attempt.submittedAt,
    answers: attempt.answers,
    questions: open,
    result: attempt.grading
      ? {
          score: attempt.score ?? 0,
          maxScore: attempt.maxScore ?? 0,
          scorePercent: attempt.grading.scorePercent,
          passed: attempt.passed === true,
          questions: open.map((question, index) => graded(question, questions[index] as Question, attempt))
        }
      : null
  }
}

function graded<Q extends { id: string }>(shown: Q, question: Question, attempt: Submission) {
  const chosen = attempt.answers[question.id] ?? []
  const awarded = attempt.grading?.awarded[question.id] ?? 0
  const right = chosen.length === question.correctAnswer.length && chosen.every(id => question.correctAnswer.includes(id))
  const ofOptions = question.options.filter(option => chosen.includes(option.id)).map(option => option.feedback)
  const feedback = [...ofOptions, right ? question.feedback.correct : question.feedback.incorrect, question.feedback.general]
  return {
    ...shown,
    chosen,
    correct: question.correctAnswer,
    awarded,
    feedback: feedback.flatMap(text => text || [])
  }
}

/** Grade what lies open past its time, so that a learner who never came back still has a result. */
export async function sweepExpired(tools: Pick<ServiceKit, 'db' | 'metrics'>): Promise<number> {
  const expired = await selectExpired(tools.db.across, graceSeconds)
  for (const { id, organizationId } of expired) {
    await tools.db.in(organizationId).transaction(async tx => {
      const attempt = await selectOptionalSubmission(tx, id)
      const quiz = attempt && (await selectOptionalQuiz(tx, attempt.quizId))
      if (quiz) await finishLocked(tx, tools, quiz, id)
    })
  }
  return expired.length
}
