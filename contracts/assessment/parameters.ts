import { z } from 'zod'
import { limits } from '../limits.ts'

/**
 * Values of a question that are drawn for each attempt (decision 51). Texts and keys name them: `{{a}}` stands for a
 * value, `{{=2*a+b}}` for what is computed from several, and `\{{` for two braces.
 */

/** The newest way of drawing. What was stored with an older one is drawn by that for good. */
const newestDrawing = 1

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/)
  .meta({ description: 'What texts, keys and expressions call it.', examples: ['a'] })
const expression = z.string().trim().min(1).max(limits.expressionLength)
const number = z.number().min(-1e12).max(1e12)

const drawnNumber = z.object({
  name,
  kind: z.literal('number').meta({ description: 'A number that is drawn.', examples: ['number'] }),
  from: number.meta({ description: 'The least number.', examples: [2] }),
  to: number.meta({ description: 'The greatest number.', examples: [9] }),
  step: z
    .number()
    .min(1e-9)
    .max(1e12)
    .default(1)
    .meta({ description: 'How far two numbers that follow one another are apart.', examples: [1] }),
  except: z
    .array(number)
    .max(limits.listedValues)
    .default([])
    .meta({ description: 'Numbers that are never drawn.', examples: [[0]] }),
})

const drawnFromList = z.object({
  name,
  kind: z.literal('list').meta({ description: 'One of several numbers or words.', examples: ['list'] }),
  values: z
    .array(z.string().trim().min(1).max(limits.listedValueLength))
    .max(limits.listedValues)
    .meta({ description: 'What it may be: decimals, or words.', examples: [['apples', 'pears']] }),
})

const computed = z.object({
  name,
  kind: z
    .literal('computed')
    .meta({ description: 'What follows from the values before it.', examples: ['computed'] }),
  expression: expression.meta({
    description: 'How it is computed from the values before it.',
    examples: ['2*a + b'],
  }),
  rounding: z
    .object({
      kind: z
        .enum(['decimals', 'significant_figures'])
        .meta({ description: 'What is counted.', examples: ['decimals'] }),
      digits: z
        .number()
        .int()
        .min(0)
        .max(12)
        .meta({ description: 'How many of them there are.', examples: [2] }),
    })
    .nullable()
    .default(null)
    .meta({
      description: 'What it is rounded to, half away from zero, and written with; null for 12 figures.',
      examples: [{ kind: 'decimals', digits: 2 }],
    }),
})

export const parameters = z.object({
  algorithm: z
    .number()
    .int()
    .min(1)
    .max(newestDrawing)
    .default(newestDrawing)
    .meta({
      description: 'The way of drawing; a question keeps the one it was made with.',
      examples: [newestDrawing],
    }),
  items: z
    .array(z.discriminatedUnion('kind', [drawnNumber, drawnFromList, computed]))
    .min(1)
    .max(limits.parametersOfQuestion)
    .meta({
      description: 'The values, each computed from those before it alone.',
      examples: [[{ name: 'a', kind: 'number', from: 2, to: 9, step: 1, except: [] }]],
    }),
  conditions: z
    .array(expression)
    .max(limits.conditionsOfQuestion)
    .default([])
    .meta({
      description: 'What must hold, as comparisons; values are drawn until it does.',
      examples: [['a != b']],
    }),
})

/** Of a question: absent or null for none. */
export const keptParameters = parameters
  .nullable()
  .optional()
  .meta({
    description:
      'Values that are drawn for each attempt. Null for none; a save that does not name them leaves them.',
    examples: [null],
  })

/** The values that an attempt has, so that a mark can be explained by them. */
export const drawnValues = z
  .array(
    z.object({
      name: z.string().meta({ description: 'What the question calls it.', examples: ['a'] }),
      value: z.string().meta({ description: 'What was drawn or computed.', examples: ['7'] }),
    }),
  )
  .meta({
    description: 'The values that were drawn for the question; absent where nothing is drawn.',
    examples: [[{ name: 'a', value: '7' }]],
  })
