import { faultOfOptions } from '@azora/contracts/assessment/question.ts'
import { AppError, fieldFault } from '@azora/kit/errors.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import type { QuestionType, QuizKind } from './quizzes.store.ts'

type Option = { content: string; correct: boolean; feedback: string | null }

/**
 * A cleaned quiz without the rows for answers that nobody filled in, those included of which cleaning left nothing.
 * Of a survey no answer is right, whatever was marked before it became one.
 * @throws AppError `invalid_input` where what is left is no question.
 */
export function withUsedOptions<Q extends { questions: { type: QuestionType; options: Option[] }[] }>(
  quiz: Q,
  kind: QuizKind,
): Q {
  const questions = quiz.questions.map(question => ({
    ...question,
    options: question.options
      .map(option => (isEmptyHtml(option.content) ? { ...option, content: '' } : option))
      .filter(option => option.content !== '' || option.feedback)
      .map(option => (kind === 'survey' ? { ...option, correct: false } : option)),
  }))
  const fields = questions.flatMap((question, at) => {
    const reason = faultOfOptions(question, kind)
    return reason ? [fieldFault(`questions.${at}.options`, reason, { code: 'custom' })] : []
  })
  if (fields.length) throw new AppError('invalid_input', { fields })
  return { ...quiz, questions }
}
