import type { essayBody } from '@azora/contracts/assessment/question-types/essay.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { z } from 'zod'
import { answeredFiles } from '../questions/code/code.ts'
import type { Question } from '../questions/question.ts'
import type { NotRun } from './programs/programs.store.ts'

/** An answer as the desk shows it: a text with what it is marked by, and of a program its files beside that. */

export type MarkedQuestion = Extract<Question, { type: 'essay' | 'code' }>

/** A program is marked by points alone. */
const byPoints: z.infer<typeof essayBody> = {
  minWords: null,
  maxWords: null,
  rubric: [],
  rubricShown: false,
  guidance: null,
}

/** @throws AppError `not_found` where no person marks it */
export function markedIn(questions: Question[], questionId: string): MarkedQuestion {
  const question = questions.find(({ id }) => id === questionId)
  if (question?.type !== 'essay' && question?.type !== 'code') throw new AppError('not_found')
  return question
}

export const rubricOf = (question: MarkedQuestion) => (question.type === 'essay' ? question.body : byPoints)

export function shownOnDesk(question: MarkedQuestion, answer: string[], notRun: NotRun | null) {
  if (question.type === 'essay') return { body: question.body, text: answer[0] ?? '', program: null }
  const { language } = question.body
  const files = answeredFiles(question.body, answer, true)
  return {
    body: byPoints,
    // For a desk that does not know of programs.
    text: files.map(({ path, content }) => `${path}\n\n${content}`).join('\n\n'),
    program: { language, files, notRun },
  }
}
