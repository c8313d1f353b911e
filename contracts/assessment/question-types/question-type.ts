import { z } from 'zod'
import { html } from '../../wire.ts'

/**
 * What a type of question is on the wire (decision 0038): its name, what its author writes beside text, points and
 * feedback (with the key), and what learners see of that before they may know the key.
 */
export type QuestionType<Name extends string, Body extends z.ZodType, Open extends z.ZodType> = {
  name: Name
  body: Body
  open: Open
}

/** How much of the points an answer earns, in percent. */
export const share = z
  .number()
  .int()
  .min(0)
  .max(100)
  .default(100)
  .meta({ description: 'How much of the points this answer earns, in percent.', examples: [100] })

/** What its author says to those who gave one of the accepted answers. */
export const answerFeedback = html
  .nullable()
  .default(null)
  .meta({
    description: 'Shown after grading to those who gave this answer; null for nothing.',
    examples: ['<p>Right.</p>'],
  })

/** The id of a part within its question, short, as that of an option. Learners get it: it should tell nothing. */
export const partId = z
  .string()
  .min(1)
  .max(40)
  // A pair is written with a space between its two ids.
  .regex(/^[A-Za-z0-9_-]+$/)
  .meta({
    description: 'Identifies the part within its question. Learners get it, so it should tell nothing.',
    examples: ['k7'],
  })
