import { z } from 'zod'
import { limits } from '../../limits.ts'
import { choices, pairs } from './pairs.ts'
import { picture, target } from './picture.ts'
import type { QuestionType } from './question-type.ts'

/** Labels to put on the places of a picture. A place takes one label; a label may be right at several places. */

const targets = z
  .array(target)
  .max(limits.partsOfQuestion)
  .meta({
    description: 'The places, in the order of the numbers that they are shown with.',
    examples: [[{ id: 'a', x: 0.42, y: 0.3 }]],
  })
const labels = choices.meta({
  description: 'The labels that can be put on a place.',
  examples: [[{ id: 'x', content: '<p>Lake Kariba</p>' }]],
})

export const labellingBody = z.object({
  picture,
  targets,
  labels,
  pairs: pairs.meta({
    description: 'The id of the label that is right, by the id of its place.',
    examples: [{ a: 'x' }],
  }),
})

const open = z.object({ picture, targets, labels })

export const labelling = {
  name: 'labelling',
  body: labellingBody,
  open,
} as const satisfies QuestionType<'labelling', typeof labellingBody, typeof open>
