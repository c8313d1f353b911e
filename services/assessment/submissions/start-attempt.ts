import { randomInt } from 'node:crypto'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { isOpenToLearners, roleOf } from '../courses/course-roles.ts'
import { requireCode } from '../quizzes/access-code.ts'
import {
  lockQuiz,
  type Question,
  type Quiz,
  selectOptionalQuizAndStanding,
  selectQuestions,
} from '../quizzes/quizzes.store.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { attemptsLeft, gateOf, nextAttempt, refusalToSee, standingOf, takesAnswers } from './attempt-rules.ts'
import { summaryOf, view } from './attempt-view.ts'
import { finishLocked } from './finish-attempt.ts'
import { insertSubmission, selectAttempts, selectOptionalLatestAttempt } from './submissions.store.ts'

/** A quiz before it is begun, and its beginning. */

type Tools = Pick<ServiceKit, 'db' | 'others'>
type Starting = Tools & Pick<ServiceKit, 'metrics' | 'sealing'> & { questionsOf: AskedQuestions }

async function selectQuizForParticipant(
  tools: Tools,
  context: RequestContext,
  quizId: string,
): Promise<{ quiz: Quiz; author: boolean; now: string }> {
  const actor = actorOf(context)
  const found = await selectOptionalQuizAndStanding(tools.db.in(actor.organizationId), quizId, actor.userId)
  if (!found) throw new AppError('not_found')
  const { quiz, standing, now } = found
  const role = await roleOf(tools, context, quiz.courseId, standing)
  const refusal = refusalToSee(quiz, role)
  if (refusal) throw new AppError(refusal)
  // The quiz of a lesson that learners do not see is not there for them either.
  if (!role.author && !(await isOpenToLearners(tools, context, quizId))) throw new AppError('not_found')
  return { quiz, author: role.author, now }
}

/** A quiz before it is begun, with one's attempts. */
export async function readQuiz(tools: Tools, context: RequestContext, quizId: string) {
  const actor = actorOf(context)
  const { quiz, author, now } = await selectQuizForParticipant(tools, context, quizId)
  const taken = await selectAttempts(tools.db.in(actor.organizationId), quizId, actor.userId)
  const attempts = taken.map(attempt => summaryOf(attempt, quiz.resultsShown))
  return {
    ...quiz,
    locked: quiz.locked && !author,
    asksAccessCode: quiz.hasAccessCode && !author,
    now,
    attempts,
    attemptsLeft: attemptsLeft(quiz, attempts.length),
    ...standingOf(attempts),
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
 * Begin an attempt, or continue the one that is open: that one was let in already. Who teaches the course needs neither
 * the access code nor the opening date.
 * @throws AppError `not_found`, `not_enrolled`, `quiz_not_ready`, `attempts_exhausted`, `quiz_not_open`, and what
 * `requireCode` throws.
 */
export async function startAttempt(
  tools: Starting,
  context: RequestContext,
  quizId: string,
  accessCode: string | undefined,
) {
  const actor = actorOf(context)
  const { quiz, author, now } = await selectQuizForParticipant(tools, context, quizId)
  const school = tools.db.in(actor.organizationId)
  const gate = gateOf(quiz, author)
  let admitted = gate === 'none'
  if (!admitted && !(await hasOpenAttempt(school, quizId, actor.userId))) {
    if (gate === 'opening') throw new AppError('quiz_not_open')
    await requireCode(tools, actor, quizId, accessCode)
    admitted = true
  }
  return school.transaction(async tx => {
    // The lock keeps the questions from changing between their reading and the attempt that names them.
    await lockQuiz(tx, quizId, 'share')
    const latest = await selectOptionalLatestAttempt(tx, quizId, actor.userId)
    const next = nextAttempt(quiz, latest, latest?.now ?? now)
    if (latest && next.kind === 'continue') return view(quiz, latest, await tools.questionsOf(tx, latest))
    // It was open a moment ago, and has ended since: another one asks again.
    if (!admitted) throw new AppError('conflict')
    if (next.kind !== 'begin') throw new AppError('attempts_exhausted')
    if (latest && next.endFirst) await finishLocked(tx, tools, quiz, latest.id)
    const questions = await selectQuestions(tx, quizId)
    if (questions.length === 0) throw new AppError('quiz_not_ready')
    const asked = quiz.shuffle ? shuffled(questions) : questions
    const made =
      (await insertSubmission(tx, {
        id: uuidv7(),
        organizationId: actor.organizationId,
        quizId,
        userId: actor.userId,
        attemptNumber: next.attemptNumber,
        questions: asked,
        timeLimitMinutes: quiz.timeLimitMinutes,
      })) ?? (await selectOptionalLatestAttempt(tx, quizId, actor.userId))
    // A second tab may have begun the same attempt first, and in another order; then that one is the answer.
    if (made?.state !== 'in_progress') throw new AppError('conflict')
    return view(quiz, made, inOrder(asked, made.questionIds))
  })
}

async function hasOpenAttempt(db: Queryable, quizId: string, userId: string): Promise<boolean> {
  const latest = await selectOptionalLatestAttempt(db, quizId, userId)
  return latest !== null && takesAnswers(latest, latest.now)
}

function inOrder(questions: Question[], ids: string[]): Question[] {
  const byId = new Map(questions.map(question => [question.id, question]))
  return ids.flatMap(id => byId.get(id) ?? [])
}
