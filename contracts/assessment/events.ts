import { z } from 'zod'
import { id, time } from '../wire.ts'
import { quizKind } from './question.ts'

/** The events of assessment. */
export const assessmentEvents = {
  'assessment.completed': z.object({
    submissionId: id,
    quizId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    scorePercent: z.number().min(0).max(100),
    passed: z.boolean(),
    attemptNumber: z.number().int().positive(),
    completedAt: time,
  }),
  /** A survey was submitted: it has neither a score nor a passing mark. */
  'survey.completed': z.object({
    submissionId: id,
    quizId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    attemptNumber: z.number().int().positive(),
    completedAt: time,
  }),
  /** Whether learners may know their score in a quiz. Told when it changes, and for a new quiz that hides it. */
  'quiz.results_shown': z.object({
    quizId: id,
    courseId: id,
    organizationId: id,
    scoreShown: z.boolean(),
    /** Counts the changes of a quiz. A lower one than was heard already is out of date. */
    revision: z.number().int(),
  }),
  /** Whether a quiz is a survey. Told when it changes, and for a new survey. */
  'quiz.kind_set': z.object({
    quizId: id,
    courseId: id,
    organizationId: id,
    kind: quizKind,
    /** Counts the changes of a quiz. A lower one than was heard already is out of date. */
    revision: z.number().int(),
  }),
}
