import { z } from 'zod'
import { id, time } from '../wire.ts'
import { quizKind } from './question.ts'

const courseGrade = {
  /** Null while nothing counts yet. Extra credit may lift it above a hundred. */
  percent: z.number().min(0).nullable(),
  letter: z.string().nullable(),
}

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
    /** What counts of the learner's attempts so far. Releases before did not tell: there the best one counts. */
    counted: z.object({ scorePercent: z.number().min(0).max(100), passed: z.boolean() }).optional(),
    /** The latest attempt that `counted` takes in, where that is not this one: a person marked this one after it. */
    countedThrough: z.number().int().positive().optional(),
    attemptNumber: z.number().int().positive(),
    completedAt: time,
  }),
  /** A regrade changed the score of an attempt, and its learner is to be told. Not where scores are not shown. */
  'score.changed': z.object({
    submissionId: id,
    quizId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    quizTitle: z.string(),
    before: z.number().min(0).max(100),
    after: z.number().min(0).max(100),
  }),
  /** The course grade of a learner is another than before. Told of courses whose grades somebody set up. */
  'grade.changed': z.object({
    courseId: id,
    userId: id,
    organizationId: id,
    ...courseGrade,
    /** What the learner may know of it: without what is hidden from learners, or nothing. */
    told: z.object(courseGrade),
    /** Counts the changes of this grade. A lower one than was heard already is out of date. */
    revision: z.number().int(),
  }),
  /** A survey, or a quiz for practice, was submitted: nothing of it counts, and it completes its lesson. */
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
