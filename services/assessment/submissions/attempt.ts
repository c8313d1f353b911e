import { randomInt } from 'node:crypto'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { courseRole, isOpenToLearners, roleOf } from '../courses/course-roles.ts'
import { type Answers, admissibleAnswers, gradeAttempt } from '../quizzes/grade.ts'
import { selectQuestionVersions } from '../quizzes/question-versions.store.ts'
import {
  lockQuiz,
  type Question,
  type Quiz,
  selectOptionalQuiz,
  selectOptionalQuizAndStanding,
  selectQuestions,
} from '../quizzes/quizzes.store.ts'
import { summaryOf, view } from './attempt-view.ts'
import {
  gradeSubmission,
  insertSubmission,
  lockOptionalSubmission,
  mergeAnswers,
  type Submission,
  selectAttempts,
  selectExpired,
  selectOptionalLatestAttempt,
  selectOptionalSubmission,
} from './submissions.store.ts'

/**
 * An attempt: begun once, answered bit by bit, graded once. The time limit is kept by the database's clock. What
 * was saved before the limit counts even if it is never handed in: an attempt whose time is over is graded with
 * what it has, by whoever looks at it first or by the sweep.
 */

type Tools = Pick<ServiceKit, 'db' | 'others' | 'metrics'>

/** An answer sent in the last second may arrive a little later on a slow line. */
const graceSeconds = 15

async function selectQuizForParticipant(
  tools: Tools,
  context: RequestContext,
  quizId: string,
): Promise<Quiz> {
  const actor = actorOf(context)
  const found = await selectOptionalQuizAndStanding(tools.db.in(actor.organizationId), quizId, actor.userId)
  if (!found) throw new AppError('not_found')
  const { quiz, standing } = found
  const role = await roleOf(tools, context, quiz.courseId, standing)
  if (!role.author && !role.enrolled) throw new AppError('not_enrolled')
  if (quiz.bank && !role.author) throw new AppError('not_found')
  // The quiz of a lesson that learners do not see is not there for them either.
  if (!role.author && !(await isOpenToLearners(tools, context, quizId))) throw new AppError('not_found')
  return quiz
}

/** A quiz before it is begun, with one's attempts. */
export async function readQuiz(tools: Tools, context: RequestContext, quizId: string) {
  const actor = actorOf(context)
  const quiz = await selectQuizForParticipant(tools, context, quizId)
  const attempts = await selectAttempts(tools.db.in(actor.organizationId), quizId, actor.userId)
  const scores = attempts.flatMap(attempt => attempt.grading?.scorePercent ?? [])
  return {
    ...quiz,
    attempts: attempts.map(summaryOf),
    attemptsLeft: quiz.maxAttempts === null ? null : Math.max(0, quiz.maxAttempts - attempts.length),
    bestScorePercent: scores.length > 0 ? Math.max(...scores) : null,
    passed: attempts.some(attempt => attempt.passed === true),
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
    const latest = await selectOptionalLatestAttempt(tx, quizId, actor.userId)
    if (latest?.state === 'in_progress') {
      if (!isOver(latest)) return view(quiz, latest, await questionsOf(tx, latest))
      await finish(tx, tools, quiz, latest)
    }
    const count = latest?.attemptNumber ?? 0
    if (quiz.maxAttempts !== null && count >= quiz.maxAttempts) throw new AppError('attempts_exhausted')
    const questions = await selectQuestions(tx, quizId)
    if (questions.length === 0) throw new AppError('quiz_not_ready')
    const asked = quiz.shuffle ? shuffled(questions) : questions
    const made =
      (await insertSubmission(tx, {
        id: uuidv7(),
        organizationId: actor.organizationId,
        quizId,
        userId: actor.userId,
        attemptNumber: count + 1,
        questions: asked,
        timeLimitMinutes: quiz.timeLimitMinutes,
      })) ?? (await selectOptionalLatestAttempt(tx, quizId, actor.userId))
    // A second tab may have begun the same attempt first, and in another order; then that one is the answer.
    if (made?.state !== 'in_progress') throw new AppError('conflict')
    return view(quiz, made, inOrder(asked, made.questionIds))
  })
}

function inOrder(questions: Question[], ids: string[]): Question[] {
  const byId = new Map(questions.map(question => [question.id, question]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

/**
 * The questions of an attempt that is stored. Their versions never change, which saves reading them again for each
 * answer that is kept. Bounded by count; a question weighs about a kilobyte.
 */
const askedQuestions = new Map<string, Question[]>()
const rememberedAttempts = 2000

async function questionsOf(db: Queryable, attempt: Submission): Promise<Question[]> {
  const known = askedQuestions.get(attempt.id)
  if (known) return known
  const questions = await selectQuestionVersions(db, attempt.questionIds, attempt.questionVersions)
  if (askedQuestions.size >= rememberedAttempts) {
    askedQuestions.delete(askedQuestions.keys().next().value as string)
  }
  askedQuestions.set(attempt.id, questions)
  return questions
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
  const { organizationId, impersonatorId } = actorOf(context)
  const school = tools.db.in(organizationId)
  // Borrowed eyes only look: the minute's sweep ends an attempt whose time is over.
  if (attempt.state === 'in_progress' && isOver(attempt) && !impersonatorId) {
    return school.transaction(async tx => {
      const finished = await finishLocked(tx, tools, quiz, submissionId)
      return view(quiz, finished, await questionsOf(tx, finished))
    })
  }
  return view(quiz, attempt, await questionsOf(school, attempt))
}

/** @throws AppError `not_found`, `attempt_closed` once it was handed in or its time is over. */
export async function saveAnswers(
  tools: Tools,
  context: RequestContext,
  submissionId: string,
  answers: Answers,
) {
  const actor = actorOf(context)
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (attempt?.userId !== actor.userId) throw new AppError('not_found')
  const questions = await questionsOf(school, attempt)
  const savedAt = await mergeAnswers(
    school,
    submissionId,
    admissibleAnswers(questions, answers),
    graceSeconds,
  )
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
  answers: Answers | undefined,
) {
  const actor = actorOf(context)
  return tools.db.in(actor.organizationId).transaction(async tx => {
    const attempt = await lockOptionalSubmission(tx, submissionId)
    if (attempt?.userId !== actor.userId) throw new AppError('not_found')
    const quiz = await selectOptionalQuiz(tx, attempt.quizId)
    if (!quiz) throw new AppError('not_found')
    const questions = await questionsOf(tx, attempt)
    if (attempt.state === 'graded') return view(quiz, attempt, questions)
    const graded = await finish(tx, tools, quiz, attempt, isOver(attempt) ? undefined : answers)
    return view(quiz, graded, questions)
  })
}

async function finishLocked(
  tx: Transaction,
  tools: Pick<Tools, 'metrics'>,
  quiz: Quiz,
  submissionId: string,
) {
  const attempt = await lockOptionalSubmission(tx, submissionId)
  if (!attempt) throw new AppError('not_found')
  return attempt.state === 'graded' ? attempt : finish(tx, tools, quiz, attempt)
}

async function finish(
  tx: Transaction,
  { metrics }: Pick<Tools, 'metrics'>,
  quiz: Quiz,
  attempt: Submission,
  lastAnswers?: Answers,
): Promise<Submission> {
  const questions = await questionsOf(tx, attempt)
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
