import { z } from 'zod'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'

const tags: [string] = ['assessment']

/** What the pictures of a quiz would cost a learner whose data is costly. */
export const quizPictureOperations = {
  getQuizPictures: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/pictures',
    access: 'member',
    tags,
    summary:
      'How many pictures the questions of a quiz show and how large they are together, to decide whether to fetch them. Their addresses come with the questions.',
  })
    .input(z.object({ quizId: id }))
    .output(
      z.object({
        count: z
          .number()
          .int()
          .meta({ description: 'How many pictures there are.', examples: [3] }),
        bytes: z
          .number()
          .int()
          .meta({ description: 'How large they are together, in bytes.', examples: [1_240_000] }),
      }),
    ),
}
