import { z } from 'zod'
import { limits } from '../../limits.ts'
import { area, picture } from './picture.ts'
import type { QuestionType } from './question-type.ts'

/** Points to mark on a picture. The areas that are right are the key: nothing of them is shown before the result. */

const points = z.number().int().min(1).max(limits.pointsOfPicture)

export const hotspotBody = z.object({
  picture,
  areas: z
    .array(area)
    .max(limits.pointsOfPicture)
    .meta({
      description: 'The areas that are right; each earns a part of the points once it is marked.',
      examples: [[{ id: 'k7', name: 'Lake Kariba', shape: 'circle', x: 0.4, y: 0.3, radius: 0.1 }]],
    }),
  points: points.default(1).meta({
    description:
      'How many points may be marked. Where they are more than the areas, one that hits nothing takes back what an area earns.',
    examples: [1],
  }),
})

const open = z.object({
  picture,
  points: points.meta({ description: 'How many points may be marked.', examples: [1] }),
})

export const hotspot = {
  name: 'hotspot',
  body: hotspotBody,
  open,
} as const satisfies QuestionType<'hotspot', typeof hotspotBody, typeof open>
