import { z } from 'zod'
import { limits } from '../../limits.ts'
import { partId } from './question-type.ts'

/**
 * A picture of the course, and places on it. Every place is in fractions of the picture, from its upper left corner, so
 * that it is the same on each screen.
 */

const fraction = z.number().min(0).max(1)
const pixels = z.number().int().min(1).max(20_000)

export const picture = z
  .object({
    address: z
      .string()
      .max(1000)
      .regex(/^\/api\/v1\/education\/files\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[^/\s"'<>\\]+$/i)
      .meta({
        description: 'The address of a file of the course, as its upload answers it.',
        examples: ['/api/v1/education/files/0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b/map.png'],
      }),
    alt: z
      .string()
      .trim()
      .max(limits.shortTextLength)
      .meta({
        description: 'What the picture shows, for those who cannot see it. It should not tell the answer.',
        examples: ['A map of southern Africa with its rivers'],
      }),
    width: pixels.meta({ description: 'The width of the picture in pixels.', examples: [1200] }),
    height: pixels.meta({ description: 'The height of the picture in pixels.', examples: [900] }),
  })
  .nullable()
  .default(null)
  .meta({
    description: 'The picture; null in a draft that has none yet.',
    examples: [
      {
        address: '/api/v1/education/files/0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b/map.png',
        alt: 'A map of southern Africa with its rivers',
        width: 1200,
        height: 900,
      },
    ],
  })

const x = fraction.meta({
  description: 'How far from the left, as a fraction of the width.',
  examples: [0.42],
})
const y = fraction.meta({
  description: 'How far from the top, as a fraction of the height.',
  examples: [0.3],
})

/** A place to put a label on. */
export const target = z.object({ id: partId, x, y })

const named = {
  id: partId,
  name: z
    .string()
    .trim()
    .max(limits.shortTextLength)
    .default('')
    .meta({ description: 'What is there. Learners read it with the result.', examples: ['Lake Kariba'] }),
}

/** An area that is right. `x` and `y` are its upper left corner, or the centre of a circle. */
export const area = z.discriminatedUnion('shape', [
  z.object({
    ...named,
    shape: z
      .literal('rectangle')
      .meta({ description: 'That the area is a rectangle.', examples: ['rectangle'] }),
    x,
    y,
    width: fraction.meta({ description: 'As a fraction of the width of the picture.', examples: [0.2] }),
    height: fraction.meta({ description: 'As a fraction of the height of the picture.', examples: [0.1] }),
  }),
  z.object({
    ...named,
    shape: z.literal('circle').meta({ description: 'That the area is a circle.', examples: ['circle'] }),
    x,
    y,
    radius: fraction.meta({ description: 'As a fraction of the width of the picture.', examples: [0.1] }),
  }),
  z.object({
    ...named,
    shape: z.literal('polygon').meta({ description: 'That the area is a polygon.', examples: ['polygon'] }),
    corners: z
      .array(z.object({ x, y }))
      .min(3)
      .max(limits.cornersOfArea)
      .meta({
        description: 'Its corners, one after another.',
        examples: [
          [
            { x: 0.1, y: 0.1 },
            { x: 0.3, y: 0.1 },
            { x: 0.2, y: 0.3 },
          ],
        ],
      }),
  }),
])
