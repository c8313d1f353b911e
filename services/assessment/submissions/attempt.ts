import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { courseRole } from '../courses/course-roles.ts'
import { noteSaved, noteSavedLocked } from '../integrity/note-activity.ts'
import { refuseWhileNameless } from '../marking/mark-answers.ts'
import type { Answers } from '../quizzes/grade.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { selectRelease } from '../quizzes/release.store.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { admissibleConfidence } from './attempt-confidence.ts'
import {
  accessToAttempt,
  answersAtEnd,
  hasToEnd,
  isAtEnd,
  refusalOfAnswers,
  takesAnswers,
} from './attempt-rules.ts'
import { currentSectionOf, view } from './attempt-view.ts'
import { finish, finishLocked } from './finish-attempt.ts'
import { admissibleNow } from './layout.ts'
import type { SentAnswers } from './lock-answerable.ts'
import {
  type Flags,
  lockOptionalAttempt,
  mergeAnswers,
  selectOptionalSubmission,
  updateAnswers,
  updateConfidence,
} from './submissions.store.ts'

/**
 * An attempt: begun once, answered bit by bit, graded once. What was saved before the limit counts even if it is
 * never submitted: an attempt whose time is up is graded with what it has, by the first who looks at it or by the sweep.
 */

type Tools = Pick<ServiceKit, 'db' | 'metrics'> & { questionsOf: AskedQuestions }

/** One's own attempt, or for the course's author anyone's at a quiz. @throws AppError `not_found`. */
export async function selectVisible(tools: Omit<Tools, 'metrics'>, by: AskingCaller, submissionId: string) {
  const { actor } = by
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (!attempt) throw new AppError('not_found')
  const quiz = await selectOptionalQuiz(school, attempt.quizId)
  if (!quiz) throw new AppError('not_found')
  const access = accessToAttempt(actor.userId, attempt, quiz)
  if (access === 'own') return { attempt, quiz, reader: undefined }
  const author = access === 'if_author' && (await courseRole(tools, by, quiz.courseId)).author
  if (!author) throw new AppError('not_found')
  await refuseWhileNameless(tools, by, attempt)
  return { attempt, quiz, reader: { shown: 'all' as const, author: true } }
}

export async function readAttempt(tools: Tools, by: AskingCaller, submissionId: string) {
  const { attempt, quiz, reader } = await selectVisible(tools, by, submissionId)
  const { organizationId, impersonatorId } = by.actor
  const school = tools.db.in(organizationId)
  // Borrowed eyes only look: the minute's sweep ends an attempt whose time is over.
  if (hasToEnd(attempt, attempt.now) && !impersonatorId) {
    return school.transaction(async tx => {
      const finished = await finishLocked(tx, tools, submissionId)
      return view(quiz, finished, await tools.questionsOf(tx, finished), reader)
    })
  }
  return view(quiz, attempt, await tools.questionsOf(school, attempt), reader)
}

/** @throws AppError `not_found`, `attempt_closed` once it was submitted or its time is over, `attempt_on_break`, `question_left`. */
export async function saveAnswers(
  tools: Tools,
  by: Caller,
  submissionId: string,
  answers: Answers,
  said: {
    flags?: Flags | undefined
    flagsWaitedSeconds?: Record<string, number> | undefined
    confidence?: Record<string, number> | undefined
    waitedSeconds?: number | undefined
  } = {},
): Promise<{
  savedAt: string
  expiresAt: string | null
  currentSection: ReturnType<typeof currentSectionOf>
}> {
  const { actor } = by
  const school = tools.db.in(actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (attempt?.userId !== actor.userId) throw new AppError('not_found')
  const refused = refusalOfAnswers(attempt, attempt.now)
  if (refused) throw new AppError(refused)
  const questions = await tools.questionsOf(school, attempt)
  const ids = new Set(attempt.questionIds)
  const asked = Object.entries(said.flags ?? {}).filter(([id]) => ids.has(id))
  const kept = admissibleNow(attempt, questions, answers)
  const confidence = admissibleConfidence(attempt, questions, said.confidence)
  const saved = await mergeAnswers(school, attempt, kept, {
    flags: Object.fromEntries(asked),
    flagsWaitedSeconds: said.flagsWaitedSeconds ?? {},
    confidence,
  })
  if (saved) {
    const seconds = said.waitedSeconds ?? 0
    await noteSaved(school, attempt, by, { answers: Object.keys(kept).length, seconds })
    return { ...saved, currentSection: currentSectionOf(attempt) }
  }
  const now = await selectOptionalSubmission(school, submissionId)
  const since = now ? refusalOfAnswers(now, now.now) : 'attempt_closed'
  if (since) throw new AppError(since)
  // Left in this moment, maybe with this very answer: then it is kept, and nothing is to be told. Or a break has ended.
  return saveAnswers(tools, by, submissionId, answers, said)
}

/**
 * Submit. A device that does so because the time is up (`timeUp`) may not know of a break that was taken elsewhere, or of
 * more time: where the service's clock does not agree, its answers are kept and the attempt goes on. The result is graded, stored and told to the other services in one transaction, so that an answer to
 * the learner means it is kept. Repeating it answers the result there is.
 */
export async function submitAttempt(
  tools: Tools,
  by: Caller,
  submissionId: string,
  answers: Answers | undefined,
  said: Omit<SentAnswers, 'answers'> & { timeUp?: boolean | undefined } = {},
) {
  const { actor } = by
  return tools.db.in(actor.organizationId).transaction(async tx => {
    const found = await lockOptionalAttempt(tx, submissionId)
    if (found?.attempt.userId !== actor.userId) throw new AppError('not_found')
    const { attempt, quiz } = found
    const questions = await tools.questionsOf(tx, attempt)
    if (attempt.state !== 'in_progress') return view(quiz, attempt, questions)
    // Answers come with it that may be of the time while the clock stood still.
    if (refusalOfAnswers(attempt, attempt.now) === 'attempt_on_break') throw new AppError('attempt_on_break')
    // What comes too late does not count, and is no reason to refuse the end.
    const open = takesAnswers(attempt, attempt.now)
    const sent = open ? admissibleNow(attempt, questions, answers ?? {}) : {}
    const sure = open ? admissibleConfidence(attempt, questions, said.confidence) : {}
    const known = { ...attempt, confidence: { ...attempt.confidence, ...sure } }
    if (open) await noteSavedLocked(tx, attempt, by, sent, said.waitedSeconds)
    if (said.timeUp && !isAtEnd(attempt, attempt.now)) {
      const kept = { ...known, answers: { ...attempt.answers, ...sent } }
      await updateAnswers(tx, kept)
      // With what it is taken with, such as a calculator: the end of an attempt asks for none of that.
      return view((await selectOptionalQuiz(tx, quiz.id)) ?? quiz, kept, questions)
    }
    if (Object.keys(sure).length > 0) updateConfidence(tx, attempt.id, known.confidence)
    const graded = await finish(tx, tools, { quiz, attempt: known }, answersAtEnd(attempt, sent, attempt.now))
    // The last of all to submit is shown the answers with it.
    const release = quiz.answerRelease === 'after_all' ? await selectRelease(tx, quiz.id) : {}
    return view({ ...quiz, ...release }, graded, questions)
  })
}
