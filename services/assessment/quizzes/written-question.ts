import type { questionInput, questionShape } from '@azora/contracts/assessment/question.ts'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { Question } from '../questions/question.ts'
import { allOrNothing, perPart } from '../questions/score.ts'
import type { WrittenQuestion } from './change-questions.ts'

/** A question as its author writes it, or an import brings it. */
export type QuestionInput = z.infer<typeof questionInput> | z.infer<typeof questionShape>

/**
 * A cleaned question as it is stored, with short option ids that answers refer to.
 * @param before as it was stored: a save that does not name its scoring, its solution or its hints leaves them so.
 */
export function questionOf(
  input: QuestionInput,
  before?: Pick<Question, 'scoring' | 'feedback' | 'hints'>,
): WrittenQuestion {
  const taken = new Set<string>()
  const options = input.options.map((option, index) => {
    let id = option.id && !taken.has(option.id) ? option.id : String.fromCharCode(97 + index)
    while (taken.has(id)) id = `${id}x`
    taken.add(id)
    const { content, feedback, correct, last } = option
    // Of a single choice every option is.
    const exclusive = option.exclusive && input.type === 'multiple_choice'
    return { id, content, feedback, correct, ...(last ? { last } : {}), ...(exclusive ? { exclusive } : {}) }
  })
  const scoring = ('scoring' in input ? input.scoring : undefined) ?? before?.scoring
  const { solution = before?.feedback.solution, ...rest } = input.feedback
  const common = {
    id: input.id ?? uuidv7(),
    content: input.content,
    points: input.points,
    options: options.map(({ correct, ...option }) => option),
    correctAnswer: options.filter(option => option.correct).map(option => option.id),
    feedback: { ...rest, ...(solution ? { solution } : {}) },
    hints: input.hints ?? before?.hints ?? [],
    parameters: input.parameters ?? null,
  }
  if (!('body' in input)) return { ...common, type: input.type, body: null, scoring: scoring ?? allOrNothing }
  // Each type with its own body, as the contract read them.
  return { ...common, type: input.type, body: input.body, scoring: scoring ?? perPart } as WrittenQuestion
}

/** Questions with the drawn values that they had, where a save does not name them: they are checked with them. */
export function withKeptParameters<I extends QuestionInput>(inputs: I[], before: Question[]): I[] {
  const kept = new Map(before.map(({ id, parameters }) => [id, parameters]))
  return inputs.map(input =>
    input.parameters === undefined && input.id ? { ...input, parameters: kept.get(input.id) ?? null } : input,
  )
}

export const firstVersion = (question: WrittenQuestion) => ({ ...question, version: 1 })
