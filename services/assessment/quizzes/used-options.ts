import { faultOfOptions } from '@azora/contracts/assessment/question.ts'
import { limits } from '@azora/contracts/limits.ts'
import { AppError, fieldFault } from '@azora/kit/errors.ts'
import { isEmptyHtml } from '@azora/kit/rich-text/empty.ts'
import { rulesOf } from '../questions/question-types.ts'
import type { QuizKind } from './quizzes.store.ts'
import type { QuestionInput } from './written-question.ts'

/**
 * A cleaned quiz without the rows for answers that nobody filled in, those included of which cleaning left nothing.
 * Of a survey no answer is right and no hint leads to one, whatever was written before it became one.
 * @throws AppError `invalid_input` where what is left is no question.
 */
export function withUsedOptions<Q extends { questions: QuestionInput[] }>(quiz: Q, kind: QuizKind): Q {
  const survey = kind === 'survey'
  const withHints = quiz.questions.map(question => ({
    ...question,
    hints: survey ? [] : question.hints?.filter(({ content }) => !isEmptyHtml(content)),
  }))
  const questions = withHints.map(question =>
    'body' in question
      ? ({ ...question, body: rulesOf(question).prepared(question.body) } as QuestionInput)
      : {
          ...question,
          options: question.options
            .map(option => (isEmptyHtml(option.content) ? { ...option, content: '' } : option))
            .filter(option => option.content !== '' || option.feedback)
            .map(option => (survey ? { ...option, correct: false } : option)),
        },
  )
  const fields = questions.flatMap((question, at) => {
    if ('body' in question) {
      // Of one with drawn values what is drawn is looked at, and not how it is written.
      if (question.parameters) return []
      const reason = rulesOf(question).fault(question.body, question.content, survey)
      return reason ? [fieldFault(`questions.${at}.body`, reason, { code: 'custom' })] : []
    }
    const reason = faultOfOptions(question, kind)
    return reason ? [fieldFault(`questions.${at}.options`, reason, { code: 'custom' })] : []
  })
  // An answer is kept under its id alone, so that the ids of gaps are of the whole quiz.
  const taken = new Set(questions.map(({ id }) => id))
  for (const [at, question] of questions.entries()) {
    if (!('body' in question)) continue
    const own = question.id ?? ''
    for (const id of rulesOf(question).responseIds(own, question.body)) {
      if (id === own) continue
      if (taken.has(id)) fields.push(fieldFault(`questions.${at}.body`, 'duplicate_part', { code: 'custom' }))
      taken.add(id)
    }
  }
  // What cannot be marked is not counted either.
  if (fields.length) throw new AppError('invalid_input', { fields })
  const comparisons = questions.reduce(
    (sum, question) => sum + ('body' in question ? rulesOf(question).comparisons(question.body) : 0),
    0,
  )
  if (comparisons > limits.comparisonsOfQuiz)
    fields.push(fieldFault('questions', 'too_much_to_compare', { code: 'too_big' }))
  if (questions.filter(({ type }) => type === 'essay').length > limits.essaysOfQuiz) {
    const values = { most: String(limits.essaysOfQuiz) }
    fields.push(fieldFault('questions', 'too_many_essays', { code: 'too_big', values }))
  }
  if (questions.filter(({ type }) => type === 'upload').length > limits.uploadsOfQuiz) {
    const values = { most: String(limits.uploadsOfQuiz) }
    fields.push(fieldFault('questions', 'too_many_uploads', { code: 'too_big', values }))
  }
  if (questions.filter(({ type }) => type === 'code').length > limits.programsOfQuiz) {
    const values = { most: String(limits.programsOfQuiz) }
    fields.push(fieldFault('questions', 'too_many_programs', { code: 'too_big', values }))
  }
  if (fields.length) throw new AppError('invalid_input', { fields })
  return { ...quiz, questions }
}
