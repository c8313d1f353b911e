import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id, percent, time } from '../wire.ts'

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

const choices = {
  questions: z
    .array(z.object({ questionId: id, rule: z.enum(['key', 'full', 'left_out']) }))
    .min(1)
    .max(limits.questionsOfQuiz),
  neverLower: z.boolean().default(false),
}

const changedQuestion = z.object({
  id,
  content: z.string(),
  number: z.number().int().nullable(),
  points: z.number(),
  attemptCount: z.number().int(),
  keyFits: z.boolean(),
  /** Earlier attempts drew other values than the newest version would. */
  valuesChanged: z.boolean().optional(),
})

const latestRegrade = z.object({
  id,
  state: z.enum(['running', 'done']),
  requestedAt: time,
  totalCount: z.number().int(),
  doneCount: z.number().int(),
  changedCount: z.number().int(),
  failedCount: z.number().int(),
})

const preview = z.object({
  version: z.string(),
  attemptCount: z.number().int(),
  changedCount: z.number().int(),
  raisedCount: z.number().int(),
  loweredCount: z.number().int(),
  nowPassedCount: z.number().int(),
  nowFailedCount: z.number().int(),
  items: z.array(
    z.object({
      submissionId: id,
      userId: id,
      attemptNumber: z.number().int(),
      before: percent,
      after: percent,
      passedBefore: z.boolean(),
      passedAfter: z.boolean(),
    }),
  ),
})

const byQuiz = z.object({ quizId: id })

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
  getRegrade: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/regrade',
    access: 'course.author',
    tags,
    summary:
      'The questions of a quiz that were changed or removed after graded attempts, and how far the latest regrade is.',
  })
    .input(byQuiz)
    .output(z.object({ questions: z.array(changedQuestion), latest: latestRegrade.nullable() })),
  previewRegrade: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/regrade/preview',
    access: 'course.author',
    reads: true,
    tags,
    summary:
      'What a regrade would change: how many attempts, and which, at most 200, those that would pass or fail first. Nothing is changed.',
  })
    .input(byQuiz.extend(choices))
    .output(preview),
  startRegrade: operation({
    method: 'POST',
    path: '/assessment/quizzes/{quizId}/regrade',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary:
      'Regrade the attempts at a quiz as it was previewed. It names the version of the preview, and is refused where questions or marks have changed since. Points given by hand stay, and so do answers that a person or a program marks.',
  })
    .input(
      byQuiz.extend({ ...choices, version: z.string().max(64), tellLearners: z.boolean().default(false) }),
    )
    .output(z.object({ regradeId: id, attemptCount: z.number().int() })),
}
