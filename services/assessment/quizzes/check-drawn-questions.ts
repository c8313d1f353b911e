import { AppError, fieldFault } from '@azora/kit/errors.ts'
import { type Checked, checkDrawn } from '../questions/parameters/check-parameters.ts'
import type { WrittenQuestion } from './change-questions.ts'
import type { QuizKind } from './quizzes.store.ts'

/**
 * Refuse questions whose drawn values would make them no question for some attempt.
 * @returns how much of each was looked at
 * @throws AppError `invalid_input`
 */
export async function refuseUndrawable(questions: WrittenQuestion[], kind: QuizKind): Promise<Checked[]> {
  const checked: Checked[] = []
  const fields = []
  for (const [at, question] of questions.entries()) {
    const found = await checkDrawn(question, kind === 'survey')
    if (!('reason' in found)) checked.push(found)
    else {
      const { reason, values } = found
      fields.push(
        fieldFault(`questions.${at}.parameters`, reason, { code: 'custom', ...(values && { values }) }),
      )
    }
  }
  if (fields.length) throw new AppError('invalid_input', { fields })
  return checked
}
