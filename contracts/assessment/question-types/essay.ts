import { z } from 'zod'
import { limits } from '../../limits.ts'
import { html } from '../../wire.ts'
import { partId, type QuestionType } from './question-type.ts'

/** A long text, which a person marks: by a rubric, or by points alone. */

const title = (example: string) =>
  z
    .string()
    .trim()
    .max(limits.rubricTitleLength)
    .meta({ description: 'What it is called.', examples: [example] })
const description = (example: string) =>
  z
    .string()
    .trim()
    .max(limits.rubricTextLength)
    .default('')
    .meta({ description: 'What it means, as plain text; may be empty.', examples: [example] })

const level = z.object({
  id: partId,
  title: title('Convincing'),
  description: description('Each claim has a reason.'),
  points: z
    .number()
    .min(0)
    .max(limits.pointsOfQuestion)
    .meta({
      description: 'What the level earns beside the levels of the other criteria.',
      examples: [4],
    }),
})

const criterion = z.object({
  id: partId,
  title: title('Argument'),
  description: description('Does the text give reasons for what it says?'),
  levels: z
    .array(level)
    .max(limits.levelsOfCriterion)
    .meta({
      description: 'The levels that an answer can reach.',
      examples: [[{ id: 'k1', title: 'Convincing', description: 'Each claim has a reason.', points: 4 }]],
    }),
})

const rubricExample = [
  {
    id: 'c1',
    title: 'Argument',
    description: 'Does the text give reasons for what it says?',
    levels: [
      { id: 'k1', title: 'Convincing', description: 'Each claim has a reason.', points: 4 },
      { id: 'k2', title: 'Missing', description: 'Claims without reasons.', points: 0 },
    ],
  },
]

const words = (description: string, example: number) =>
  z
    .number()
    .int()
    .min(1)
    .max(limits.essayWords)
    .nullable()
    .default(null)
    .meta({ description, examples: [example] })

const asked = {
  minWords: words(
    'How many words are asked for at least; null for no such number. A hint, not a barrier.',
    150,
  ),
  maxWords: words(
    'How many words are asked for at most; null for no such number. A hint, not a barrier.',
    300,
  ),
}

const rubric = z.array(criterion).max(limits.criteriaOfRubric)

/** What an author says of marking, where a person does that. */
export const markedByPerson = {
  rubric: rubric.default([]).meta({
    description: 'What the answer is marked by; empty where it is marked by points alone.',
    examples: [rubricExample],
  }),
  rubricShown: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether learners see the rubric while they work.', examples: [true] }),
  guidance: html
    .nullable()
    .default(null)
    .meta({
      description: 'What a person who marks should know, as HTML. Learners never see it.',
      examples: ['<p>Accept other examples from the region.</p>'],
    }),
}

/** What learners see of that. */
export const openRubric = rubric.meta({
  description: 'What the answer is marked by; empty where learners do not see that.',
  examples: [rubricExample],
})

export const essayBody = z.object({ ...asked, ...markedByPerson })

const open = z.object({ ...asked, rubric: openRubric })

export const essay = {
  name: 'essay',
  body: essayBody,
  open,
} as const satisfies QuestionType<'essay', typeof essayBody, typeof open>
