import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id, percent } from '../wire.ts'

/** Marks that are changed after their attempt was graded (decision 0046). */

const named = z.object({ submissionId: id, questionId: id, revision: z.number().int().min(0) })

const changedMark = z.object({
  revision: z.number().int(),
  awarded: z.number(),
  score: z.number(),
  maxScore: z.number(),
  scorePercent: percent,
  passed: z.boolean(),
})

const tags: [string] = ['assessment']

export const regradingOperations = {
  overrideMark: operation({
    method: 'PUT',
    path: '/assessment/submissions/{submissionId}/questions/{questionId}/override',
    access: 'course.author',
    tags,
    summary:
      'Give other points for an answer of a graded attempt, marked by a person or not, with the reason. The score, the pass and the result that counts follow. It names the revision of the mark, and is refused where there is a newer one.',
  })
    .input(
      named.extend({
        awarded: z.number().min(0).max(limits.pointsOfQuestion),
        reason: z.string().trim().min(3).max(limits.overrideReasonLength),
        comment: z.string().trim().max(limits.markCommentLength).default(''),
      }),
    )
    .output(changedMark),
  takeBackOverride: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/questions/{questionId}/override/take-back',
    access: 'course.author',
    tags,
    summary:
      'Take back the points that were given by hand: the answer has the mark again that it has without them.',
  })
    .input(named)
    .output(changedMark),
}
