import type { Caller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { costOf, openHints } from '../questions/hints.ts'
import type { AskedQuestions } from './asked-questions.ts'
import { placesAsked, shownQuestions } from './layout.ts'
import { lockAnswerable } from './lock-answerable.ts'
import { updateHintsTaken } from './submissions.store.ts'

/**
 * Take the next hint of a question that is asked now. The attempt is locked and the hint is named by its number, so that
 * two tabs or a repeated call are charged once.
 * @throws AppError `not_found`, `attempt_closed`, `question_left`, `hint_not_next`
 */
export async function takeHint(
  tools: Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions },
  by: Caller,
  submissionId: string,
  { questionId, number }: { questionId: string; number: number },
) {
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    const { attempt, quiz } = await lockAnswerable(tx, by, submissionId)
    const asked = await tools.questionsOf(tx, attempt)
    const question = shownQuestions(attempt, asked, 'none').find(({ id }) => id === questionId)
    if (!question) {
      const { from } = placesAsked(attempt, asked)
      const isLeft = attempt.questionIds.slice(0, from).includes(questionId)
      throw new AppError(isLeft ? 'question_left' : 'not_found')
    }
    const hints = question.hints ?? []
    const before = attempt.hintsTaken[questionId] ?? []
    if (number > hints.length) throw new AppError('not_found')
    if (number > before.length + 1) throw new AppError('hint_not_next')
    const isNew = number === before.length + 1
    const costs = isNew ? [...before, costOf(hints, before, quiz.practice)] : before
    if (isNew) await updateHintsTaken(tx, submissionId, { questionId, costs })
    const shown = openHints(question, { [questionId]: costs }, quiz.practice)
    if (!shown) throw new AppError('not_found')
    return shown
  })
}
