import type { choiceTypes, openQuestion } from '@azora/contracts/assessment/question.ts'
import type { questionTypes } from '@azora/contracts/assessment/question-types.ts'
import type { z } from 'zod'
import type { Hint } from './hints.ts'
import type { DrawnValues } from './parameters/draw-values.ts'
import type { Parameters } from './parameters/read-parameters.ts'
import type { Passage } from './passage.ts'
import type { Scoring } from './score.ts'

type ContractOf<T> = Extract<(typeof questionTypes)[number], { name: T }>

/** A type whose answer is one or several of its options. */
export type ChoiceType = (typeof choiceTypes)[number]
/** A type with a body of its own. */
export type BodyType = (typeof questionTypes)[number]['name']

export type BodyOf<T extends BodyType> = z.infer<ContractOf<T>['body']>
export type OpenBodyOf<T extends BodyType> = z.infer<ContractOf<T>['open']>
/** A question as who takes a quiz sees it. */
export type OpenQuestion = z.infer<typeof openQuestion>

type Asked = {
  id: string
  /** Counts up with each change; see quizzes/question-versions.store.ts. */
  version: number
  content: string
  /** The text that it is about, with others. */
  passage?: Passage | null
  points: number
  /** From the vaguest to the one that nearly tells. */
  hints?: Hint[] | undefined
  scoring: Scoring
  /** Of a choice; else empty. */
  options: {
    id: string
    content: string
    feedback: string | null
    last?: boolean | undefined
    exclusive?: boolean | undefined
  }[]
  /** Of a choice; else empty. */
  correctAnswer: string[]
  feedback: {
    general: string | null
    correct: string | null
    incorrect: string | null
    solution?: string | null | undefined
  }
  /** Values that are drawn for each attempt; null or absent for none. */
  parameters?: Parameters | null | undefined
  /** Those of this attempt, once they are drawn. */
  values?: DrawnValues | undefined
}

export type ChoiceQuestion = Asked & { type: ChoiceType; body: null }
export type BodyQuestion = { [T in BodyType]: Asked & { type: T; body: BodyOf<T> } }[BodyType]
export type Question = ChoiceQuestion | BodyQuestion
