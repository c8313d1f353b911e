import { z } from 'zod'
import { limits } from '../../limits.ts'
import { functionNames } from '../formula/tree.ts'
import { answerFeedback, type QuestionType, share } from './question-type.ts'

/** A formula, right in whatever way it is written, unless its form is asked for. */

const expression = z.string().trim().min(1).max(limits.shortTextLength)
const bound = z.number().min(-1e6).max(1e6)
const variable = z
  .string()
  .regex(/^[A-Za-zΑ-Ωα-ω][A-Za-zΑ-Ωα-ω0-9_]{0,19}$/)
  .meta({ description: 'A variable that may be used.', examples: ['x'] })

const answer = z.object({
  expression: expression.meta({ description: 'The formula that is right.', examples: ['2x(x + 1)'] }),
  share,
  feedback: answerFeedback,
})

const functions = z
  .array(z.enum(functionNames))
  .max(functionNames.length)
  .meta({ description: 'The functions that may be used.', examples: [['sqrt', 'sin']] })

export const formulaBody = z.object({
  answers: z
    .array(answer)
    .max(limits.formulasOfQuestion)
    .meta({
      description: 'The accepted formulas; the one that earns most counts.',
      examples: [[{ expression: '2x(x + 1)', share: 100, feedback: null }]],
    }),
  variables: z
    .array(
      z.object({
        name: variable,
        from: bound.default(-5).meta({
          description: 'The least value of the variable for which formulas are compared.',
          examples: [-5],
        }),
        to: bound.default(5).meta({
          description: 'The greatest value of the variable for which formulas are compared.',
          examples: [5],
        }),
      }),
    )
    .max(limits.variablesOfFormula)
    .meta({ description: 'The variables of the formula.', examples: [[{ name: 'x', from: -5, to: 5 }]] }),
  functions: functions.default([]),
  tolerance: z
    .number()
    .min(0)
    .max(0.5)
    .default(1e-6)
    .meta({
      description: 'How far values may differ and be equal, as a fraction of the larger one.',
      examples: [0.000001],
    }),
  form: z
    .enum(['any', 'expanded', 'factored'])
    .default('any')
    .meta({
      description:
        'Whether the form counts: any, without brackets to multiply out, or a product of as many factors as the answer has.',
      examples: ['any'],
    }),
})

const open = z.object({
  variables: z.array(variable).meta({ description: 'The variables that may be used.', examples: [['x']] }),
  functions,
})

export const formula = {
  name: 'formula',
  body: formulaBody,
  open,
} as const satisfies QuestionType<'formula', typeof formulaBody, typeof open>
