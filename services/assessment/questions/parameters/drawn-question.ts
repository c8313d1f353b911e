import type { BodyQuestion, Question } from '../question.ts'
import { rulesOf } from '../question-types.ts'
import { drawValues, valuesOf } from './draw-values.ts'
import type { Drawn } from './read-parameters.ts'
import { type As, cutIn, filled, readTemplate } from './templates.ts'

/** A question with values in place of the names that its author wrote. */

type Holder = Record<string, unknown>
export type ValuePlace = { holder: object; name: string; as: As }

/** What may name values in a question, whichever version of it this is. */
type Filled = Pick<Question, 'type' | 'content' | 'options' | 'feedback' | 'hints' | 'body'>

/** The texts of a question that may name values; null where its type has none. */
export function placesOf(question: Filled): ValuePlace[] | null {
  const { options, feedback, hints = [], body } = question
  const own = body === null ? [] : rulesOf(question as BodyQuestion).valuePlaces?.(body)
  if (!own) return null
  const htmlOf = (holder: object, names: string[]) =>
    names.map(name => ({ holder, name, as: 'html' as const }))
  return [
    ...htmlOf(question, ['content']),
    ...options.flatMap(option => htmlOf(option, ['content', 'feedback'])),
    ...htmlOf(feedback, ['general', 'correct', 'incorrect', 'solution']),
    ...hints.flatMap(hint => htmlOf(hint, ['content'])),
    ...(body === null ? [] : rulesOf(question as BodyQuestion).htmlPlaces(body)).flatMap(({ holder, name }) =>
      htmlOf(holder, [name]),
    ),
    ...own,
  ]
}

/** A copy of what can name values, and the rest as it is. */
export const copied = <Q extends Filled>(question: Q): Q => ({
  ...question,
  options: structuredClone(question.options),
  feedback: structuredClone(question.feedback),
  ...(question.hints ? { hints: structuredClone(question.hints) } : {}),
  body: structuredClone(question.body),
})

/** @param only leaves other texts as they are written */
export function filledWith<Q extends Filled>(question: Q, drawn: Drawn, only?: (as: As) => boolean): Q {
  const copy = copied(question)
  for (const { holder, name, as } of placesOf(copy) ?? []) {
    const text = (holder as Holder)[name]
    if (typeof text !== 'string' || only?.(as) === false) continue
    const template = readTemplate(text, as, drawn.known)
    if (!template || 'reason' in template) continue
    ;(holder as Holder)[name] = filled(template, drawn)
    // A key that was cut is not what a learner computes, were the last figure looked at.
    if (as === 'number' && name === 'value' && cutIn(template, drawn)) (holder as Holder).inexact = true
  }
  return copy
}

/** The question as an attempt has it. One that was drawn already stays as it is. @param seed of 32 bits */
export function withDrawnValues<Q extends Question>(question: Q, seed: number): Q {
  if (!question.parameters || question.values) return question
  const drawn = drawValues(question.parameters, seed)
  return { ...filledWith(question, drawn), values: valuesOf(drawn) }
}

/**
 * The question with a key that can be read, and its texts as they are written: for telling of the answers of many
 * attempts, each of which had other values.
 */
export function withAnyKey<Q extends Question>(question: Q): Q {
  const { parameters, values, body } = question
  const keyed = body !== null && (rulesOf(question).valuePlaces?.(body) ?? []).length > 0
  if (!parameters || values || !keyed) return question
  return filledWith(question, drawValues(parameters, 0), as => as !== 'html' && as !== 'label')
}
