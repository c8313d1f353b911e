import { z } from 'zod'
import { limits } from '../limits.ts'
import { html, id } from '../wire.ts'
import { assessmentFailures } from './failures.ts'

const { fields } = assessmentFailures

export const questionType = z.enum(['single_choice', 'multiple_choice', 'true_false'])

/** A quiz has right answers and a score; a survey asks for opinions and is complete once it is submitted. */
export const quizKind = z.enum(['quiz', 'survey'])

/** A question as a learner sees it while answering: nothing in it tells the correct option. */
export const openQuestion = z.object({
  id,
  type: questionType,
  content: z.string(),
  points: z.number(),
  options: z.array(z.object({ id: z.string(), content: z.string() })),
})

/** A question as its author sees it. `feedback` is shown after grading. */
export const question = z.object({
  id,
  type: questionType,
  content: z.string(),
  points: z.number(),
  options: z.array(
    z.object({ id: z.string(), content: z.string(), correct: z.boolean(), feedback: z.string().nullable() }),
  ),
  feedback: z.object({
    general: z.string().nullable(),
    correct: z.string().nullable(),
    incorrect: z.string().nullable(),
  }),
})

/** A question as it may be stored, however it arrives. */
export const questionShape = z.object({
  id: id.optional(),
  type: questionType,
  /** May be empty: the options can say it all. */
  content: html,
  points: z.number().min(0).max(limits.pointsOfQuestion).default(1),
  options: z
    .array(
      z.object({
        id: z.string().max(40).optional(),
        content: html,
        correct: z.boolean().default(false),
        feedback: html.nullable().default(null),
      }),
    )
    .max(limits.optionsOfQuestion),
  feedback: z
    .object({
      general: html.nullable().default(null),
      correct: html.nullable().default(null),
      incorrect: html.nullable().default(null),
    })
    .default({ general: null, correct: null, incorrect: null }),
})

/** Which options must be right depends on the kind of the quiz, which a save may leave out: the service checks it. */
export const questionInput = questionShape.superRefine((value, context) => {
  const reason = faultOfOptions(value, 'survey')
  if (reason) context.addIssue({ code: 'custom', path: ['options'], message: fields[reason] })
})

/**
 * What is wrong with the options of a question, or null. Rows that nobody filled in are not counted: an editor offers
 * more rows than most questions need. A survey has no right answers, whatever is marked.
 */
export function faultOfOptions(
  value: {
    type: z.infer<typeof questionType>
    options: { content: string; correct: boolean; feedback: string | null }[]
  },
  kind: z.infer<typeof quizKind>,
): keyof typeof fields | null {
  const used = value.options.filter(option => option.content.trim() !== '')
  if (value.options.some(option => option.content.trim() === '' && option.feedback))
    return 'feedback_without_answer'
  if (used.length < 2) return 'too_few_answers'
  if (kind === 'survey') return null
  const right = used.filter(option => option.correct).length
  if (value.type === 'multiple_choice') return right < 1 ? 'no_correct_answer' : null
  return right === 1 ? null : 'not_one_correct_answer'
}
