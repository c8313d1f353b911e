import { z } from 'zod'
import { limits } from '../../limits.ts'
import { answerFeedback, type QuestionType, share } from './question-type.ts'

/** A number, with a tolerance and, where it is asked for, a unit. */

/** Text, as a binary number cannot hold 0.1. The exponent is bounded, so that no number is longer than a page. */
const decimal = String.raw`\d{1,40}(?:\.\d{1,40})?(?:e[+-]?\d{1,3})?`
/** Or what is computed from the values drawn for the question (`parameters.ts`). */
const drawn = String.raw`\{\{=?[^{}]{1,200}\}\}`

const answer = z.object({
  value: z
    .string()
    .regex(new RegExp(`^(?:-?${decimal}|${drawn})$`))
    .meta({
      description: 'The number that is right, as a decimal, or how it follows from the drawn values.',
      examples: ['9.81'],
    }),
  tolerance: z
    .string()
    .regex(new RegExp(`^(?:${decimal}|${drawn})$`))
    .default('0')
    .meta({
      description:
        'How far from it an answer may be: as a number, in percent of it, or the count of significant figures that are compared.',
      examples: ['0.01'],
    }),
  toleranceKind: z
    .enum(['absolute', 'percent', 'significant_figures'])
    .default('absolute')
    .meta({ description: 'What the tolerance counts.', examples: ['absolute'] }),
  share,
  feedback: answerFeedback,
})

const unit = z.object({
  symbol: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .meta({ description: 'The unit of the numbers that are right.', examples: ['m/s^2'] }),
  required: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether an answer without a unit is wrong.', examples: [true] }),
  convertible: z
    .boolean()
    .default(true)
    .meta({
      description: 'Whether another unit of the same quantity is accepted, and the number converted.',
      examples: [true],
    }),
})

export const numericBody = z.object({
  answers: z
    .array(answer)
    .max(limits.answersOfQuestion)
    .meta({
      description: 'The accepted numbers; the one that earns most counts.',
      examples: [
        [{ value: '9.81', tolerance: '0.01', toleranceKind: 'absolute', share: 100, feedback: null }],
      ],
    }),
  unit: unit
    .nullable()
    .default(null)
    .meta({
      description: 'The unit that an answer has; null for a number alone.',
      examples: [{ symbol: 'm/s^2', required: true, convertible: true }],
    }),
})

const open = z.object({
  asksUnit: z
    .boolean()
    .meta({ description: 'Whether the answer is written with its unit.', examples: [true] }),
})

export const numeric = {
  name: 'numeric',
  body: numericBody,
  open,
} as const satisfies QuestionType<'numeric', typeof numericBody, typeof open>
