import { z } from 'zod'
import { limits } from '../limits.ts'
import { growing, id } from '../wire.ts'

/** Comments on a place in an answer (decision 0055): words of a text, or a point or rectangle of a picture or a page. */

const comment = (shape: z.ZodString) =>
  shape.meta({ description: 'What is said about it, as plain text.', examples: ['Where did you read this?'] })
const share = (what: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .meta({ description: what, examples: [0.25] })

const ofPlane = (what: string) => ({
  x: share(`Its left edge, as a fraction of the width of the ${what}.`),
  y: share('Its upper edge, as a fraction of the height.'),
  width: share('How wide it is, as a fraction; 0 for a point.'),
  height: share('How high it is, as a fraction; 0 for a point.'),
})

const place = {
  text: {
    on: z.literal('text').meta({ description: 'A passage of a text.' }),
    start: z
      .number()
      .int()
      .min(0)
      .max(limits.essayLength)
      .meta({ description: 'Where it begins, in UTF-16 code units of the answer.', examples: [6] }),
    end: z
      .number()
      .int()
      .min(1)
      .max(limits.essayLength)
      .meta({ description: 'Where it ends; that place is no longer part of it.', examples: [8] }),
    quote: z
      .string()
      .max(limits.quoteLength)
      .meta({ description: 'Its words, or the first 200 characters of them.', examples: ['is'] }),
  },
  picture: {
    on: z.literal('picture').meta({ description: 'A point or a rectangle of a picture.' }),
    fileId: id.meta({ description: 'Identifies the file.' }),
    ...ofPlane('picture'),
  },
  page: {
    on: z.literal('page').meta({ description: 'A point or a rectangle of a page of a PDF.' }),
    fileId: id.meta({ description: 'Identifies the file.' }),
    page: z
      .number()
      .int()
      .min(1)
      .max(limits.pageOfPdf)
      .meta({ description: 'Which page, counted from 1.', examples: [2] }),
    ...ofPlane('page as it is shown'),
  },
}

const of = (text: z.ZodString) =>
  z.discriminatedUnion('on', [
    z.object({ ...place.text, comment: comment(text) }),
    z.object({ ...place.picture, comment: comment(text) }),
    z.object({ ...place.page, comment: comment(text) }),
  ])

export const annotation = of(z.string()).meta(growing)
export const annotations = z
  .array(annotation)
  .meta({ description: 'Comments on places in the answer, in the order of their numbers.' })

export const writtenAnnotations = z
  .array(of(z.string().trim().min(1).max(limits.annotationLength)))
  .max(limits.annotationsOfMark)
  .meta({ description: 'Comments on places in the answer. Left out, they stay as they are.' })

export type Annotation = z.infer<typeof annotation>
