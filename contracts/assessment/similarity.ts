import { z } from 'zod'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'

/** Essays that share passages with those of other learners. */

const place = z.object({
  start: z
    .number()
    .int()
    .meta({
      description: 'Where the passage begins in the text of the answer, in UTF-16 units.',
      examples: [40],
    }),
  end: z
    .number()
    .int()
    .meta({
      description: 'Where the passage ends in the text of the answer, in UTF-16 units.',
      examples: [180],
    }),
})

const similarAnswer = z.object({
  quizId: id.nullable().meta({
    description:
      'The quiz of the other answer; null where you may not mark that, and nothing more is told of it.',
  }),
  courseId: id.nullable().meta({ description: 'The course of that quiz; null where you may not mark it.' }),
  quizTitle: z
    .string()
    .nullable()
    .meta({ description: 'The title of that quiz; null where you may not mark it.', examples: ['Rivers'] }),
  answerId: id.nullable().meta({
    description: 'The other answer, while it is on the marking desk; null where it is not.',
  }),
  alias: z
    .string()
    .nullable()
    .meta({ description: 'What its learner is called where names are hidden.', examples: ['B7K2'] }),
  userId: id.nullable().meta({ description: 'Its learner; null where names are hidden in either quiz.' }),
  submissionId: id
    .nullable()
    .meta({ description: 'The attempt it was handed in with; null as its learner.' }),
  wordCount: z
    .number()
    .int()
    .meta({ description: 'How many words of your answer stand in the other.', examples: [86] }),
  passages: z.array(place).meta({ description: 'The passages, in the order of the answer; at most 30.' }),
})

export const similarityOperations = {
  listSimilarAnswers: operation({
    method: 'GET',
    path: '/assessment/marking/{answerId}/similar',
    access: 'course.author',
    tags: ['assessment'],
    summary:
      'Essays of other learners of the school that share passages with one that you mark: at most ten, those with the most words first. What the question says itself is left out. It says that words are the same, not why.',
  })
    .input(z.object({ answerId: id }))
    .output(
      z.object({
        compared: z.boolean().meta({
          description:
            'Whether it was compared; an essay is within some minutes of being handed in, and nothing else is.',
        }),
        wordCount: z
          .number()
          .int()
          .meta({ description: 'How many words the answer has.', examples: [312] }),
        items: z.array(similarAnswer),
      }),
    ),
}
