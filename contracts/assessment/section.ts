import { z } from 'zod'
import { limits } from '../limits.ts'
import { html, id, line, time } from '../wire.ts'

/** Parts of a quiz that are taken one after another, each with a time of its own or without one (decision 0062). */

const title = { description: 'What the section is called.', examples: ['Reading'] }
const instructions = {
  description: 'What learners read at the head of the section, as HTML; empty for nothing.',
  examples: ['<p>Read the text, then answer the questions.</p>'],
}
const timeLimitMinutes = {
  description: 'How many minutes the section may take, without extra time; null for no limit of its own.',
  examples: [20],
}

const sectionInput = z.object({
  id: id.meta({
    description: 'Names the section to the questions of the request; one that is kept keeps its id.',
  }),
  title: line(limits.sectionTitleLength).meta(title),
  instructions: html.max(limits.sectionInstructionsLength).default('').meta(instructions),
  timeLimitMinutes: z
    .number()
    .int()
    .min(1)
    .max(limits.timeLimitMinutes)
    .nullable()
    .default(null)
    .meta(timeLimitMinutes),
})

/** Absent, the sections of a quiz stay as they are. */
export const sectionsInput = z.array(sectionInput).max(limits.sectionsOfQuiz).optional().meta({
  description:
    'Parts that are taken one after another, without a way back. Each question names its own, and they come in the order of the sections. Absent, they stay as they are; empty, the quiz has none.',
})

export const authoredSections = z
  .array(
    z.object({
      id: id.meta({ description: 'Identifies the section within its quiz.' }),
      title: z.string().meta(title),
      instructions: z.string().meta(instructions),
      timeLimitMinutes: z.number().nullable().meta(timeLimitMinutes),
    }),
  )
  .optional()
  .meta({ description: 'Parts that are taken one after another.' })

export const sectionId = id
  .nullable()
  .optional()
  .meta({
    description: 'The section that the question belongs to; null for none.',
    examples: [null],
  })

const questionCount = { description: 'How many questions it consists of.', examples: [5] }

/** Before a quiz is begun, with the times as they are for its reader. */
export const sectionsToCome = z
  .array(
    z.object({
      title: z.string().meta(title),
      questionCount: z.number().int().meta(questionCount),
      timeLimitMinutes: z
        .number()
        .nullable()
        .meta({
          description: 'How many minutes you have for it; null for no limit of its own.',
          examples: [25],
        }),
    }),
  )
  .optional()
  .meta({ description: 'Parts that are taken one after another, without a way back; empty for none.' })

/** Of an attempt. Devices may keep attempts of a release without them. */
export const takenSections = z
  .array(
    z.object({
      title: z.string().meta(title),
      instructions: z.string().meta(instructions),
      questionCount: z.number().int().meta(questionCount),
      limitSeconds: z
        .number()
        .int()
        .nullable()
        .meta({
          description: 'How many seconds it may take, with extra time in it; null for no limit of its own.',
          examples: [1200],
        }),
    }),
  )
  .optional()
  .meta({
    description:
      'The sections of the attempt as they were when it began; its questions belong to them in order. Empty for none. Instructions are told of the section that is asked, and of all once it is over.',
  })

/** Where an open attempt is. */
export const currentSection = z
  .object({
    number: z
      .number()
      .int()
      .meta({ description: 'Which section is asked, from 1.', examples: [1] }),
    endsAt: time.nullable().meta({
      description: 'When it ends by the clock, with the attempt at the latest; null where nothing ends it.',
    }),
  })
  .nullable()
  .optional()
  .meta({
    description:
      'The section that is asked now; null where there are none, once the attempt is over, and for who teaches.',
  })
