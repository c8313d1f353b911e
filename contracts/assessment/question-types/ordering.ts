import { z } from 'zod'
import { limits } from '../../limits.ts'
import { html } from '../../wire.ts'
import { partId, type QuestionType } from './question-type.ts'

/** Things to put in order. */

const items = z
  .array(
    z.object({
      id: partId,
      content: html.meta({ description: 'The text, as HTML.', examples: ['<p>Rain falls.</p>'] }),
    }),
  )
  .max(limits.partsOfQuestion)

export const orderingBody = z.object({
  items: items.meta({
    description: 'The things, in the right order.',
    examples: [
      [
        { id: 'k7', content: '<p>Rain falls.</p>' },
        { id: 'c2', content: '<p>The river rises.</p>' },
      ],
    ],
  }),
  partial: z
    .enum(['place', 'neighbours'])
    .default('place')
    .meta({
      description:
        'What earns a part of the points: each thing in its place, or each two that follow one another rightly.',
      examples: ['place'],
    }),
})

const open = z.object({
  items: items.meta({
    description: 'The things, in the order in which they are first shown.',
    examples: [
      [
        { id: 'c2', content: '<p>The river rises.</p>' },
        { id: 'k7', content: '<p>Rain falls.</p>' },
      ],
    ],
  }),
})

export const ordering = {
  name: 'ordering',
  body: orderingBody,
  open,
} as const satisfies QuestionType<'ordering', typeof orderingBody, typeof open>
