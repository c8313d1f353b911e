import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'
import { drawnValues } from './parameters.ts'
import { question, questionInput, quizKind } from './question.ts'

/** Variants of a quiz by their number, for its author. */

/** The number of a variant that an author looks at or prints. */
export const variant = z.number().int().min(1).max(limits.variants)

const tags: [string] = ['assessment']

export const variantOperations = {
  getVariant: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/variants/{variant}',
    access: 'course.author',
    tags,
    summary:
      'A variant of a quiz by its number, with what is right in it, for its author. A number is the same variant always, until the questions are changed.',
  })
    .input(z.object({ quizId: id, variant: z.coerce.number().int().min(1).max(limits.variants) }))
    .output(
      z.object({
        quizId: id,
        courseId: id,
        variant,
        questions: z.array(question),
        values: z.record(id, drawnValues).meta({
          description: 'The values that were drawn, by the id of their question.',
          examples: [{ '01890a5d-ac96-774b-bcce-b302099a8057': [{ name: 'a', value: '7' }] }],
        }),
      }),
    ),
  drawQuestion: operation({
    method: 'POST',
    path: '/assessment/courses/{courseId}/drawn-questions',
    access: 'course.author',
    reads: true,
    tags,
    summary:
      'A question as it is being written, in five variants, each with what is right in it. Refused where some variant would be no question. Nothing of it is recorded.',
  })
    .input(
      z.object({
        courseId: id,
        quizId: id.optional(),
        kind: quizKind.default('quiz'),
        question: questionInput,
        first: variant.max(limits.variants - 4).default(1),
      }),
    )
    .output(
      z.object({
        draws: z.array(
          z.object({
            variant,
            values: drawnValues,
            content: z.string(),
            options: z.array(z.string()),
            answers: z.array(z.string()),
          }),
        ),
        checkedCount: z.number().int(),
        checkedAll: z.boolean(),
      }),
    ),
}
