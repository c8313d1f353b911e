import { z } from 'zod'
import { growing, id } from '../wire.ts'

/** How sure learners are of their answers: not sure (1), fairly sure (2) or certain (3). */

export const confidenceMode = z.enum(['not_asked', 'shown', 'counted']).meta({
  ...growing,
  description:
    'Whether learners say how sure they are of their choices: not at all, to see how well they judge themselves, or so that it counts.',
  examples: ['counted'],
})

const level = z.number().int().min(1).max(3)

/** By question id; a question that is not named counts as not sure. */
export const confidence = z.record(id, level).meta({
  description: 'How sure the learner is of answers, by question: 1 not sure, 2 fairly sure, 3 certain.',
  examples: [{ '01890a5d-ac96-774b-bcce-b302099a8057': 3 }],
})

const levelNoted = level.meta({
  description: 'How sure: 1 not sure, 2 fairly sure, 3 certain.',
  examples: [3],
})

/** How sure the learner was of an answer, and whether it is right. */
export const judged = z.object({
  level: levelNoted,
  right: z.boolean().meta({ description: 'Whether the answer is right.' }),
  counted: z.boolean().meta({ description: 'Whether the points depend on it.' }),
})

/** By level, the surest first: how many answers there are, and how many of them are right. */
export const judgement = z.array(
  z.object({
    level: levelNoted,
    count: z
      .number()
      .int()
      .meta({ description: 'How many answers were given so.', examples: [8] }),
    rightCount: z
      .number()
      .int()
      .meta({ description: 'How many of them are right.', examples: [7] }),
  }),
)
