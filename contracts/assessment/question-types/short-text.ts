import { z } from 'zod'
import { limits } from '../../limits.ts'
import { answerFeedback, type QuestionType, share } from './question-type.ts'

/** A word or a short text, compared with the answers that its author accepts. */

const answer = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(limits.shortTextLength)
    .meta({ description: 'The answer that is accepted.', examples: ['Zambezi'] }),
  match: z
    .enum(['text', 'wildcard', 'pattern'])
    .default('text')
    .meta({
      description:
        'How it is compared: as text, as text where * stands for anything, or as a regular expression (RE2) for the whole answer.',
      examples: ['text'],
    }),
  share,
  feedback: answerFeedback,
})

export const shortTextBody = z.object({
  answers: z
    .array(answer)
    .max(limits.answersOfQuestion)
    .meta({
      description: 'The accepted answers; the one that earns most counts.',
      examples: [[{ text: 'Zambezi', match: 'text', share: 100, feedback: null }]],
    }),
  caseSensitive: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether capital letters count.', examples: [false] }),
  accentSensitive: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether accents count, so that resume is not résumé.', examples: [true] }),
  spelling: z
    .enum(['exact', 'tolerant'])
    .default('exact')
    .meta({
      description:
        'Whether a slip of the finger is forgiven: one wrong, missing, extra or swapped letter in a word of four to eleven letters, two in a longer one.',
      examples: ['tolerant'],
    }),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
    .nullable()
    .default(null)
    .meta({
      description: 'The language of the answers (BCP 47), for capital letters and accents; null for none.',
      examples: ['en'],
    }),
})

/** Nothing but the question itself. */
const open = z.object({}).meta({ description: 'Nothing: the text says it all.', examples: [{}] })

export const shortText = {
  name: 'short_text',
  body: shortTextBody,
  open,
} as const satisfies QuestionType<'short_text', typeof shortTextBody, typeof open>
