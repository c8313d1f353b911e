import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Answers } from '../quizzes/grade.ts'
import { refusalOfAnswers } from './attempt-rules.ts'
import { lockOptionalAttempt } from './submissions.store.ts'

/** What comes with a step that a learner takes in an attempt. */
export type SentAnswers = {
  answers?: Answers | undefined
  confidence?: Record<string, number> | undefined
  waitedSeconds?: number | undefined
}

/**
 * An attempt of the caller that takes answers now, locked, with its quiz.
 * @throws AppError `not_found`, `attempt_closed`, `attempt_on_break`
 */
export async function lockAnswerable(tx: Transaction, { actor }: Caller, submissionId: string) {
  const found = await lockOptionalAttempt(tx, submissionId)
  if (found?.attempt.userId !== actor.userId) throw new AppError('not_found')
  const refused = refusalOfAnswers(found.attempt, found.attempt.now)
  if (refused) throw new AppError(refused)
  return found
}
