import { hash } from 'node:crypto'
import type { Question } from '../questions/question.ts'

/**
 * Parts of a question in an order that follows from the attempt, the question and the part alone: another for each
 * attempt, and on every reload and device the same.
 */
export function partsInOrder<Part extends { id: string }>(
  attemptId: string,
  questionId: string,
  parts: Part[],
): Part[] {
  return parts
    .map(part => ({ part, key: hash('sha256', `${attemptId} ${questionId} ${part.id}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ part }) => part)
}

/** Draws what a question leaves to chance, the same for an attempt always. */
export const seedOf = (attemptId: string, questionId: string): number =>
  Number.parseInt(hash('sha256', `${attemptId} ${questionId}`).slice(0, 8), 16)

/** The options of a question as an attempt shows them. True and false stay as everyone expects them. */
export function optionsInOrder(
  attempt: { id: string; shuffleAnswers: boolean },
  { id, type, options }: Pick<Question, 'id' | 'type' | 'options'>,
): Question['options'] {
  if (!attempt.shuffleAnswers || type === 'true_false') return options
  const mixed = partsInOrder(attempt.id, id, options)
  // None of these says nothing before what it is about.
  return [...mixed.filter(({ last }) => !last), ...options.filter(({ last }) => last)]
}
