import { v7 as uuidv7 } from 'uuid'
import type { WrittenQuestion } from './change-questions.ts'
import type { QuestionType } from './quizzes.store.ts'

export type QuestionInput = {
  id?: string | undefined
  type: QuestionType
  content: string
  points: number
  options: { id?: string | undefined; content: string; correct: boolean; feedback: string | null }[]
  feedback: { general: string | null; correct: string | null; incorrect: string | null }
}

/** A cleaned question as it is stored, with short option ids that answers refer to. */
export function questionOf(input: QuestionInput): WrittenQuestion {
  const taken = new Set<string>()
  const options = input.options.map((option, index) => {
    let id = option.id && !taken.has(option.id) ? option.id : String.fromCharCode(97 + index)
    while (taken.has(id)) id = `${id}x`
    taken.add(id)
    return { id, content: option.content, feedback: option.feedback, correct: option.correct }
  })
  return {
    id: input.id ?? uuidv7(),
    type: input.type,
    content: input.content,
    points: input.points,
    options: options.map(({ correct, ...option }) => option),
    correctAnswer: options.filter(option => option.correct).map(option => option.id),
    feedback: input.feedback,
  }
}

export const firstVersion = (question: WrittenQuestion) => ({ ...question, version: 1 })
