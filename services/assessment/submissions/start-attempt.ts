import { randomInt } from 'node:crypto'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { accommodated } from '../accommodations/accommodate.ts'
import { isOpenToLearners, roleOf } from '../courses/course-roles.ts'
import { noteDevice } from '../integrity/note-activity.ts'
import { inDrawnOrder } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import { requireCode } from '../quizzes/access-code.ts'
import { bySection } from '../quizzes/quiz-sections.ts'
import {
  lockSections,
  type Quiz,
  selectOptionalQuizAndStanding,
  selectQuestions,
} from '../quizzes/quizzes.store.ts'
import { heldAnswers, type Release } from '../quizzes/release.ts'
import { type AskedQuestions, drawnFor } from './asked-questions.ts'
import { attemptsLeft, gateOf, nextAttempt, refusalToSee, standingOf, takesAnswers } from './attempt-rules.ts'
import { summaryOf, view } from './attempt-view.ts'
import { countedResult } from './counted-attempt.ts'
import { finishLocked } from './finish-attempt.ts'
import {
  insertSubmission,
  type Submission,
  selectAttempts,
  selectOptionalLatestAttempt,
} from './submissions.store.ts'

/** A quiz before it is begun, and its beginning. */

type Tools = Pick<ServiceKit, 'db'>
type Starting = Tools & Pick<ServiceKit, 'metrics' | 'sealing'> & { questionsOf: AskedQuestions }

/** A quiz as it is for who may take it. @throws AppError `not_found`, `not_enrolled`. */
export async function selectQuizForParticipant(
  tools: Tools,
  by: AskingCaller,
  quizId: string,
): Promise<{ quiz: Quiz & Release; author: boolean; accommodated: boolean; now: string }> {
  const { actor } = by
  const found = await selectOptionalQuizAndStanding(tools.db.in(actor.organizationId), quizId, actor.userId)
  if (!found) throw new AppError('not_found')
  const { quiz, standing, open, own, now } = found
  const role = await roleOf(by, quiz.courseId, standing)
  const refusal = refusalToSee(quiz, role)
  if (refusal) throw new AppError(refusal)
  // The quiz of a lesson that learners do not see is not there for them either.
  if (!role.author && !open && !(await isOpenToLearners(tools, by, quizId))) throw new AppError('not_found')
  return { quiz: accommodated(quiz, own, now), author: role.author, accommodated: own !== null, now }
}

/** A quiz before it is begun, as it is for the caller, with their attempts. */
export async function readQuiz(tools: Tools, by: AskingCaller, quizId: string) {
  const { actor } = by
  const { quiz, author, accommodated: own, now } = await selectQuizForParticipant(tools, by, quizId)
  const taken = await selectAttempts(tools.db.in(actor.organizationId), quizId, actor.userId)
  const attempts = taken.map(attempt => summaryOf(attempt, quiz.resultsShown, attempt.dueAt))
  return {
    ...quiz,
    locked: quiz.locked && !author,
    closed: quiz.closed && !author,
    asksAccessCode: quiz.hasAccessCode && !author,
    accommodated: own,
    sections: quiz.sections.map(({ title, questions, timeLimitMinutes }) => ({
      title,
      questionCount: questions,
      timeLimitMinutes,
    })),
    answersHeld: heldAnswers(quiz),
    now,
    attempts,
    attemptsLeft: attemptsLeft(quiz, attempts.length),
    ...standingOf(attempts),
    countedScorePercent: countedOf(quiz, taken),
  }
}

/** The score that counts, of what the learner is shown; an open attempt does not count yet. */
function countedOf(quiz: Quiz, attempts: Submission[]): number | null {
  if (quiz.resultsShown === 'none') return null
  const results = attempts.flatMap(({ grading, passed, score, maxScore }) =>
    grading
      ? {
          scorePercent: grading.scorePercent,
          passed: passed === true,
          score: score ?? 0,
          maxScore: maxScore ?? 0,
        }
      : [],
  )
  return countedResult(quiz.countedAttempt, results, quiz.passingScore)?.scorePercent ?? null
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
 * the access code nor the dates. @property logDaysTold for how long the learner was told that a log is kept: no longer is it
 * @throws AppError `not_found`, `not_enrolled`, `quiz_not_ready`, `attempts_exhausted`, `quiz_not_open`, `quiz_closed`, `log_not_told`, and what
 * `requireCode` throws.
 */
export async function startAttempt(
  tools: Starting,
  by: AskingCaller,
  quizId: string,
  {
    accessCode,
    logDaysTold = null,
  }: { accessCode?: string | undefined; logDaysTold?: number | null | undefined } = {},
) {
  const { actor } = by
  const { quiz, author, now } = await selectQuizForParticipant(tools, by, quizId)
  const school = tools.db.in(actor.organizationId)
  const gate = gateOf(quiz, author)
  let admitted = gate === 'none'
  if (!admitted && !(await hasOpenAttempt(school, quizId, actor.userId))) {
    if (gate === 'opening') throw new AppError('quiz_not_open')
    if (gate === 'closing') throw new AppError('quiz_closed')
    await requireCode(tools, actor, quizId, accessCode)
    admitted = true
  }
  const attempt = await school.transaction(async tx => {
    // The lock keeps the questions from changing between their reading and the attempt that names them. What follows is
    // sent behind it without waiting, and is read once it is held.
    const [sections, latest, questions] = await Promise.all([
      lockSections(tx, quizId),
      selectOptionalLatestAttempt(tx, quizId, actor.userId),
      selectQuestions(tx, quizId),
    ])
    const next = nextAttempt(quiz, latest, latest?.now ?? now)
    if (latest && next.kind === 'continue') return view(quiz, latest, await tools.questionsOf(tx, latest))
    // It was open a moment ago, and has ended since: another one asks again.
    if (!admitted) throw new AppError('conflict')
    if (next.kind !== 'begin') throw new AppError('attempts_exhausted')
    if (latest && next.endFirst) await finishLocked(tx, tools, latest.id)
    if (questions.length === 0) throw new AppError('quiz_not_ready')
    const asked = bySection(sections, questions).flatMap(ones => inDrawnOrder(ones, quiz.shuffle, shuffled))
    const made = await insertSubmission(tx, {
      id: uuidv7(),
      organizationId: actor.organizationId,
      quizId,
      userId: actor.userId,
      attemptNumber: next.attemptNumber,
      questions: asked,
      boundByClosing: !author,
      logDaysTold,
    })
    if (made) {
      // Switched on since the page was loaded: nobody is logged who was not told.
      if (made.logDays !== null && logDaysTold === null) throw new AppError('log_not_told')
      const drawn = drawnFor(made, asked)
      tx.afterCommit(() => tools.questionsOf.remember(made, drawn))
      return view(quiz, made, drawn)
    }
    // A second tab has begun the same attempt first, and maybe in another order; then that one is the answer.
    const theirs = await selectOptionalLatestAttempt(tx, quizId, actor.userId)
    if (theirs?.state !== 'in_progress') throw new AppError('conflict')
    return view(quiz, theirs, drawnFor(theirs, inOrder(questions, theirs.questionIds)))
  })
  if (attempt.integrityLog) await noteDevice(school, attempt.id, by)
  return attempt
}

async function hasOpenAttempt(db: Queryable, quizId: string, userId: string): Promise<boolean> {
  const latest = await selectOptionalLatestAttempt(db, quizId, userId)
  return latest !== null && takesAnswers(latest, latest.now)
}

function inOrder(questions: Question[], ids: string[]): Question[] {
  const byId = new Map(questions.map(question => [question.id, question]))
  return ids.flatMap(id => byId.get(id) ?? [])
}
