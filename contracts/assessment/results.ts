import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, percent, time } from '../wire.ts'
import { judgement } from './confidence.ts'
import { shownPassages } from './passage.ts'
import { questionType, quizKind, reviewedQuestion } from './question.ts'
import { takenSections } from './section.ts'
import { lateness } from './taking.ts'

/** What a teacher learns from attempts: one learner's answers, and how each question went. */

const review = z.object({
  id,
  quizId: id,
  courseId: id,
  title: z.string(),
  userId: id,
  attemptNumber: z.number().int(),
  state: z.enum(['in_progress', 'graded']),
  startedAt: time,
  submittedAt: time.nullable(),
  passingScore: percent,
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  scorePercent: z.number().nullable(),
  passed: z.boolean().nullable(),
  late: lateness.nullable(),
  awaitsMarking: z.boolean(),
  integrityLog: z.boolean(),
  /** The breaks that stopped the clock. */
  breaks: z.array(z.object({ from: time, to: time })),
  questions: z.array(reviewedQuestion),
  passages: shownPassages,
  sections: takenSections,
})

const versionResults = z.object({
  version: z.number().int(),
  type: questionType,
  content: z.string(),
  points: z.number(),
  askedCount: z.number().int(),
  answeredCount: z.number().int(),
  /** Null for a survey, and for a question that a person marks. */
  rightCount: z.number().int().nullable(),
  confidenceCounts: judgement.optional().meta({
    description: 'How sure learners were and how often they were right; absent where that was not asked.',
  }),
  hintCounts: z
    .array(z.number().int())
    .optional()
    .meta({
      description: 'How many took the first hint, the second, and so on; absent where there are none.',
      examples: [[12, 5, 1]],
    }),
  options: z.array(
    z.object({
      id: z.string(),
      content: z.string(),
      /** Null for a survey. */
      correct: z.boolean().nullable(),
      chosenCount: z.number().int(),
    }),
  ),
  /** Of a question with a body: what was answered to each part, the most frequent first. */
  given: z.array(
    z.object({
      part: z.string().nullable(),
      answer: z.string(),
      /** Null for a survey. */
      right: z.boolean().nullable(),
      givenCount: z.number().int(),
    }),
  ),
})

const quizResults = z.object({
  quizId: id,
  courseId: id,
  kind: quizKind,
  title: z.string(),
  submittedCount: z.number().int(),
  learnerCount: z.number().int(),
  averagePercent: z.number().nullable(),
  passedCount: z.number().int().nullable(),
  questions: z.array(
    z.object({
      id,
      /** The version that the quiz has now; null once the question was taken out of it. */
      currentVersion: z.number().int().nullable(),
      /** The current version, and those that were asked, newest first. */
      versions: z.array(versionResults),
    }),
  ),
})

const tags: [string] = ['assessment']

export const resultsOperations = {
  getReview: operation({
    method: 'GET',
    path: '/assessment/submissions/{submissionId}/review',
    access: 'course.author',
    tags,
    summary:
      'A learner’s attempt at a quiz of a course that you teach: what was asked, in the versions they saw, what they answered, and their points. Not of a survey, whose answers are never shown with a name.',
  })
    .input(z.object({ submissionId: id }))
    .output(review),
  getQuizResults: operation({
    method: 'GET',
    path: '/assessment/quizzes/{quizId}/results',
    access: 'course.author',
    tags,
    summary:
      'How often each option of each question was chosen, and how many answered rightly, by version of the question. Counts every submitted attempt and names no one.',
  })
    .input(
      z.object({
        quizId: id,
        groupId: id.optional().meta({
          description: 'The group whose attempts count; all without it. Not of a survey.',
        }),
      }),
    )
    .output(quizResults),
}
