import { hash } from 'node:crypto'
import type { Question } from '../quizzes/quizzes.store.ts'

/**
 * The options of a question as an attempt shows them. Where they are shuffled, the order follows from the attempt, the
 * question and the option alone: another for each attempt, and on every reload and device the same. True and false
 * stay as everyone expects them.
 */
export function optionsInOrder(
  attempt: { id: string; shuffleAnswers: boolean },
  { id, type, options }: Pick<Question, 'id' | 'type' | 'options'>,
): Question['options'] {
  if (!attempt.shuffleAnswers || type === 'true_false') return options
  return options
    .map(option => ({ option, key: hash('sha256', `${attempt.id} ${id} ${option.id}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ option }) => option)
}
