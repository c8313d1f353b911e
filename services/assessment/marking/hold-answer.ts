import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import type { MarkingTools } from './complete-attempt.ts'
import { selectMarkingSettings, selectOptionalAnswer } from './marking.store.ts'
import { openAnswer, selectOpenElsewhere } from './open-answers.store.ts'

/**
 * Say that one has an answer open, and hear which ones others have; of two markers both have an answer to mark, so that
 * they hear only of those that a moderator decides. A sign and no lock: who saves first is still decided
 * by the revision of the mark.
 * @throws AppError `not_found`, `forbidden`
 */
export async function holdAnswer(tools: MarkingTools, by: AskingCaller, answerId: string) {
  const { organizationId, userId } = by.actor
  const db = tools.db.in(organizationId)
  const answer = await selectOptionalAnswer(db, answerId)
  if (!answer) throw new AppError('not_found')
  await requireAuthoredQuiz(tools, by, answer.quizId)
  await openAnswer(db, userId, answerId)
  const { markers } = await selectMarkingSettings(db, answer.quizId)
  const toDecideAlone = markers === 'two'
  return { openElsewhere: await selectOpenElsewhere(db, answer.quizId, { userId, toDecideAlone }) }
}
