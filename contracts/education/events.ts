import { z } from 'zod'
import { itemBody } from '../assessment/question-types/item.ts'
import { limits } from '../limits.ts'
import { id, percent, time } from '../wire.ts'
import { revocationReasons } from './revocation.ts'

const common = {
  content: z.string(),
  /** One of the quiz's `passages`. */
  passageId: id.optional(),
  points: z.number().min(0).max(limits.pointsOfQuestion),
  feedback: z.object({
    general: z.string().nullable(),
    correct: z.string().nullable(),
    incorrect: z.string().nullable(),
  }),
}
const importedOption = z.object({
  content: z.string(),
  correct: z.boolean(),
  feedback: z.string().nullable(),
})

const importedQuestion = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.enum(['single_choice', 'multiple_choice', 'true_false']),
    options: z.array(importedOption),
  }),
  z.object({
    ...common,
    type: z.literal('item'),
    options: z.array(importedOption).max(0),
    body: itemBody,
  }),
])

/** The events of education. */
export const educationEvents = {
  'course.saved': z.object({
    courseId: id,
    organizationId: id,
    instructorId: id,
    title: z.string(),
    status: z.enum(['draft', 'published', 'archived']),
  }),
  /** Where the quizzes of a course stand, whole. A lower revision than one already heard is out of date. */
  'course.quizzes_placed': z.object({
    courseId: id,
    organizationId: id,
    revision: z.number().int(),
    places: z.array(
      z.object({
        quizId: id,
        lessonId: id,
        lessonTitle: z.string(),
        /** Whether learners see the lesson. */
        open: z.boolean(),
      }),
    ),
  }),
  /** The groups of a course and who is in them, whole. A lower revision than one already heard is out of date. */
  'course.groups_changed': z.object({
    courseId: id,
    organizationId: id,
    revision: z.number().int(),
    groups: z.array(z.object({ id, memberIds: z.array(id) })),
  }),
  'course.deleted': z.object({ courseId: id, organizationId: id }),
  'course.enrolled': z.object({
    enrollmentId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    enrolledAt: time,
    /** Counts the beginnings and ends of the enrolment: who hears of them in another order keeps the highest. */
    revision: z.number().int().optional(),
  }),
  /** Somebody learns in a course no more, since what they paid for ended. What they did is kept. */
  'course.unenrolled': z.object({
    enrollmentId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    revision: z.number().int(),
    endedAt: time,
  }),
  'course.completed': z.object({
    enrollmentId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    completedAt: time,
  }),
  /** The texts are HTML that its publisher has cleaned. */
  'quiz.imported': z.object({
    organizationId: id,
    courseId: id,
    quizId: id,
    createdBy: id,
    quiz: z.object({
      title: z.string().min(1).max(300),
      description: z.string(),
      passingScore: percent,
      timeLimitMinutes: z.number().int().min(1).max(limits.timeLimitMinutes).nullable(),
      maxAttempts: z.number().int().min(1).max(limits.attempts).nullable(),
      shuffle: z.boolean(),
      bank: z.boolean(),
      kind: z.enum(['quiz', 'survey']).optional(),
      opensAt: time.nullable().optional(),
      /** Sealed for the quiz as its service stores it, so that no queue or outbox holds it in the open. */
      sealedAccessCode: z.string().nullable().optional(),
      resultsShown: z.enum(['all', 'score', 'none']).optional(),
      shuffleAnswers: z.boolean().optional(),
      questions: z.array(importedQuestion),
      /** Texts that several questions are about. */
      passages: z.array(z.object({ id, content: z.string() })).optional(),
    }),
  }),
  'certificate.issued': z.object({
    certificateId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    issuedAt: time,
  }),
  'certificate.revoked': z.object({
    certificateId: id,
    courseId: id,
    userId: id,
    organizationId: id,
    reason: z.enum(revocationReasons),
    revokedAt: time,
  }),
}
