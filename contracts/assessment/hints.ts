import { z } from 'zod'
import { limits } from '../limits.ts'
import { html, percent } from '../wire.ts'

/** Hints of a question: each costs a share of its points, once a learner has taken it. */

const costPercent = percent.meta({
  description: 'What the hint costs, in percent of the points of the question.',
  examples: [10],
})
const content = z
  .string()
  .meta({ description: 'What the hint says, as HTML.', examples: ['<p>Look at the north of the map.</p>'] })

const hint = z.object({ content, costPercent })

const described = { description: 'The hints, from the vaguest to the one that nearly tells the answer.' }

export const hints = z.array(hint).optional().meta(described)

/** Absent where a save leaves them as they are. */
export const writtenHints = z
  .array(
    z.object({
      content: html.max(limits.hintLength).meta({
        description: 'What the hint says, as HTML.',
        examples: ['<p>Look at the north of the map.</p>'],
      }),
      costPercent: costPercent.default(10),
    }),
  )
  .max(limits.hintsOfQuestion)
  .optional()
  .meta(described)

/** What a learner sees of the hints of a question: the text of one that was not taken stays in the service. */
export const openHints = z.object({
  count: z
    .number()
    .int()
    .meta({ description: 'How many hints the question has.', examples: [3] }),
  taken: z.array(hint).meta({ description: 'The hints that were taken, with what each cost.' }),
  nextCostPercent: percent.nullable().meta({
    description: 'What the next hint costs, in percent of the points; null where there is none.',
    examples: [10],
  }),
})

/** What hints took from the points of an answer. */
export const hintCost = z.object({
  taken: z
    .number()
    .int()
    .meta({ description: 'How many hints were taken.', examples: [2] }),
  count: z
    .number()
    .int()
    .meta({ description: 'How many hints the question has.', examples: [3] }),
  percentOff: percent.meta({
    description: 'What they cost together, in percent of the points of the question.',
    examples: [20],
  }),
  pointsOff: z.number().meta({
    description: 'The points that this took: never more than the answer earned.',
    examples: [0.2],
  }),
})
