import { z } from 'zod'
import { limits } from '../../limits.ts'
import { id } from '../../wire.ts'
import { numericBody } from './numeric.ts'
import { partId, type QuestionType } from './question-type.ts'
import { shortTextBody } from './short-text.ts'

/**
 * A text with gaps. The question's text has `[[1]]` where the first gap is, `[[2]]` for the second: that survives
 * every editor. Each gap takes a response of its own, under its id.
 */

const gapId = id.meta({
  description: 'Identifies the gap; its answer is saved under this id.',
  examples: ['0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b'],
})
const weight = z
  .number()
  .min(0.01)
  .max(1000)
  .default(1)
  .meta({ description: 'How much this gap counts beside the others.', examples: [1] })
const optionText = z
  .string()
  .trim()
  .min(1)
  .max(limits.shortTextLength)
  .meta({ description: 'The text of the option.', examples: ['rises'] })

const inlineOption = z.object({ id: partId, text: optionText })
const inlineChoiceBody = z.object({
  options: z
    .array(inlineOption.extend({ correct: z.boolean() }))
    .max(limits.optionsOfQuestion)
    .meta({
      description: 'The options of this gap.',
      examples: [[{ id: 'a', text: 'rises', correct: true }]],
    }),
})

const gapOf = <Kind extends string, Body extends z.ZodType>(kind: Kind, body: Body) =>
  z.object({
    id: gapId.optional(),
    weight,
    kind: z.literal(kind).meta({ description: 'How this gap is filled.', examples: [kind] }),
    body: body.meta({ description: 'What fills it, with the key.' }),
  })

export const clozeBody = z.object({
  gaps: z
    .array(
      z.discriminatedUnion('kind', [
        gapOf('short_text', shortTextBody),
        gapOf('numeric', numericBody),
        gapOf('inline_choice', inlineChoiceBody),
      ]),
    )
    .max(limits.partsOfQuestion)
    .meta({ description: 'The gaps, in the order of their numbers.' }),
})

const open = z.object({
  gaps: z
    .array(
      z.object({
        id: gapId,
        kind: z
          .enum(['short_text', 'numeric', 'inline_choice'])
          .meta({ description: 'How this gap is filled.', examples: ['inline_choice'] }),
        options: z
          .array(inlineOption)
          .max(limits.optionsOfQuestion)
          .meta({
            description: 'The options of a gap that is filled by choosing; else empty.',
            examples: [[{ id: 'a', text: 'rises' }]],
          }),
      }),
    )
    .meta({ description: 'The gaps, in the order of their numbers.' }),
})

export const cloze = {
  name: 'cloze',
  body: clozeBody,
  open,
} as const satisfies QuestionType<'cloze', typeof clozeBody, typeof open>
