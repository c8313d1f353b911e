import { z } from 'zod'
import { limits } from '../../limits.ts'
import { html, id } from '../../wire.ts'
import { partId, type QuestionType } from './question-type.ts'

/**
 * An item of IMS QTI 2.1 or 2.2 that came from elsewhere, scored by its own rules (decision 0049). The question's text
 * has `[[1]]` where its first part is answered and `{{N}}` where the value of the variable `N` is printed.
 */

const itemPartKinds = ['choice', 'text', 'long_text', 'inline_choice', 'pairs', 'order'] as const

const responseId = id.meta({
  description: 'Identifies the part; its answer is saved under this id.',
  examples: ['0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b'],
})
const kind = z.enum(itemPartKinds).meta({
  description:
    'How the part is answered: by choosing, by typing, by choosing within the text, by pairs or by an order.',
  examples: ['choice'],
})
const prompt = html.meta({ description: 'What the part asks, as HTML; may be empty.', examples: [''] })
const most = z
  .number()
  .int()
  .min(0)
  .max(limits.partsOfQuestion)
  .meta({ description: 'How many options or pairs may be chosen; 0 for any number.', examples: [1] })
const several = z
  .boolean()
  .default(false)
  .meta({
    description:
      'Of pairs: whether an option may be paired with several targets. Of a typed answer: whether each line is one.',
    examples: [false],
  })
const content = html.meta({ description: 'The text, as HTML.', examples: ['<p>Evaporation</p>'] })

const mostPairs = z
  .number()
  .int()
  .min(0)
  .max(limits.partsOfQuestion)
  .default(1)
  .meta({ description: 'Of how many pairs it may be a part; 0 for any number.', examples: [1] })

const openOption = z.object({ id: partId, content, most: mostPairs })
const option = openOption.extend({
  name: z
    .string()
    .min(1)
    .max(limits.shortTextLength)
    .meta({ description: 'What the rules of the item call it.', examples: ['process_evaporation'] }),
  fixed: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether it keeps its place when the others are shuffled.', examples: [false] }),
})
const optionsOf = <O extends z.ZodType>(one: O, description: string) =>
  z.array(one).max(limits.optionsOfQuestion).meta({ description })

const itemPart = z.object({
  id: responseId.optional(),
  response: z
    .string()
    .min(1)
    .max(limits.shortTextLength)
    .meta({ description: 'The response variable that it answers.', examples: ['RESPONSE'] }),
  kind,
  prompt,
  most,
  several,
  shuffle: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether its options are shuffled.', examples: [false] }),
  options: optionsOf(option, 'What is chosen, ordered, or paired with a target.'),
  targets: optionsOf(option, 'What the options are paired with; else empty.'),
})

export const itemBody = z.object({
  source: z
    .string()
    .min(1)
    .max(limits.itemSourceLength)
    .meta({
      description: 'The `assessmentItem`, as XML of QTI 2.1 or 2.2. Its rules are the key.',
      examples: ['<assessmentItem identifier="rain">…</assessmentItem>'],
    }),
  parts: z
    .array(itemPart)
    .max(limits.partsOfItem)
    .meta({ description: 'Its interactions, in the order of their numbers in the text.' }),
  feedback: z
    .array(
      z.object({
        name: z
          .string()
          .min(1)
          .max(limits.shortTextLength)
          .meta({ description: 'What the rules of the item call it.', examples: ['well_done'] }),
        content,
      }),
    )
    .max(limits.partsOfQuestion)
    .default([])
    .meta({ description: 'What is said after grading, as its rules decide.' }),
  seed: z
    .number()
    .int()
    .min(0)
    .max(0xffff_ffff)
    .nullable()
    .default(null)
    .meta({
      description: 'Draws the values of its variables; null for other values in each attempt.',
      examples: [null],
    }),
})

const open = z.object({
  parts: z
    .array(
      z.object({
        id: responseId,
        kind,
        prompt,
        most,
        several: z
          .boolean()
          .meta({ description: 'Of pairs: whether an option may be paired with several targets.' }),
        options: optionsOf(openOption, 'What is chosen, ordered, or paired with a target.'),
        targets: optionsOf(openOption, 'What the options are paired with; else empty.'),
      }),
    )
    .meta({ description: 'Its parts, in the order of their numbers in the text.' }),
})

export const item = {
  name: 'item',
  body: itemBody,
  open,
} as const satisfies QuestionType<'item', typeof itemBody, typeof open>
