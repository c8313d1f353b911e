import type { Answers, Submission } from '../offline/answers.ts'
import { isAnswered, responseIdsOf } from './types/answer-field.ts'

export type QuestionState = {
  id: string
  number: number
  answered: boolean
  flagged: boolean
  waiting: boolean
}

const none: ReadonlySet<string> = new Set()

/** Where a learner stands in each question of an attempt that is on the device. */
export const questionStates = (
  questions: Submission['questions'],
  answers: Answers,
  {
    unsent = none,
    flagged = none,
    offset = 0,
  }: {
    unsent?: ReadonlySet<string> | undefined
    flagged?: ReadonlySet<string> | undefined
    /** How many questions come before the first of these. */
    offset?: number
  },
): QuestionState[] =>
  questions.map((question, index) => ({
    id: question.id,
    number: offset + index + 1,
    answered: isAnswered(question, answers),
    flagged: flagged.has(question.id),
    waiting: responseIdsOf(question).some(id => unsent.has(id)),
  }))
