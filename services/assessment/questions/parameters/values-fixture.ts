import { parameters } from '@azora/contracts/assessment/parameters.ts'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { firstVersion, questionOf } from '../../quizzes/written-question.ts'
import { checkDrawn } from './check-parameters.ts'
import { drawValues, valuesOf } from './draw-values.ts'

/** Questions with values, written shortly. For tests. */

export const number = (name: string, from: number, to: number, more: object = {}) => ({
  name,
  kind: 'number',
  from,
  to,
  ...more,
})
export const computed = (name: string, expression: string, rounding: object | null = null) => ({
  name,
  kind: 'computed',
  expression,
  rounding,
})
export const read = (items: object[], conditions: string[] = []) => parameters.parse({ items, conditions })

export const values = (items: object[], seed: number, conditions: string[] = []) =>
  valuesOf(drawValues(read(items, conditions), seed))
    .map(({ name, value }) => `${name}=${value}`)
    .join(' ')

/** A question that asks for a number. */
export const sum = (parts: {
  items: object[]
  conditions?: string[]
  content?: string
  value?: string
  tolerance?: string
}) =>
  firstVersion(
    questionOf(
      questionInput.parse({
        type: 'numeric',
        content: parts.content ?? '<p>{{a}} + {{b}}?</p>',
        body: { answers: [{ value: parts.value ?? '{{=a+b}}', tolerance: parts.tolerance ?? '0' }] },
        parameters: { items: parts.items, conditions: parts.conditions ?? [] },
      }),
    ),
  )
export const two = [number('a', 2, 9), number('b', 2, 9)]

/** The accepted answers of a body, whatever its type. */
export const answersIn = (body: unknown) =>
  (body as { answers: { text?: string; expression?: string; value?: string; tolerance?: string }[] }).answers

export const reasonOf = async (question: Parameters<typeof checkDrawn>[0]) => {
  const found = await checkDrawn(question, false)
  return 'reason' in found ? found.reason : null
}

export const shortText = (answer: object, items: object[]) =>
  firstVersion(
    questionOf(
      questionInput.parse({
        type: 'short_text',
        content: '<p>?</p>',
        body: { answers: [answer, { text: 'never' }] },
        parameters: { items },
      }),
    ),
  )
