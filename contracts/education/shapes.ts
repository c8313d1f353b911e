import { z } from 'zod'
import { publishProblemCodes } from '../errors.ts'
import { id, percent, time } from '../wire.ts'
import { positivePrice } from '../wire-money.ts'

/** The shapes that education's contracts share. */

export const tags: [string] = ['education']

export const level = z.enum(['beginner', 'intermediate', 'advanced'])
export const courseStatus = z.enum(['draft', 'published', 'archived'])
export const lessonKind = z.enum(['page', 'video', 'file', 'link', 'quiz'])

/**
 * Who sees a lesson or a module. `draft`: it is still being written. `hidden`: it is for teachers only, on purpose.
 * `published`: learners see it, once its module and its course are published too.
 */
export const partStatus = z.enum(['draft', 'hidden', 'published'])

export const file = z.object({
  id,
  name: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  /** Same-origin address of the bytes; needs the same sign-in as the lesson that shows it. */
  url: z.string(),
})

export const courseCard = z.object({
  id,
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  category: z.string(),
  level,
  language: z.string(),
  coverUrl: z.string().nullable(),
  instructorName: z.string(),
  lessonCount: z.number().int(),
  durationMinutes: z.number().int(),
  prices: z
    .array(positivePrice)
    .meta({ description: 'What the course costs, once in each currency; empty where it is free.' }),
})

const foundText = z.array(z.object({ text: z.string(), match: z.boolean() }))

/** A course of the catalogue, with the lessons in which a search found something. */
export const foundCourse = courseCard.extend({
  foundLessons: z.array(z.object({ id, title: foundText, snippet: foundText })),
})

export const outlineLesson = z.object({
  id,
  title: z.string(),
  kind: lessonKind,
  /** Whether its quiz is a survey. */
  survey: z.boolean(),
  durationMinutes: z.number().int(),
  required: z.boolean(),
})

export const outline = <T extends z.ZodType>(lesson: T) =>
  z.array(z.object({ id, title: z.string(), lessons: z.array(lesson) }))

/**
 * When a course counts as completed: every required page, video, file and link opened to its end, and every
 * required quiz passed. `requireQuizzes: false` counts a quiz as done once it is attempted.
 */
export const completionRule = z.object({ requireQuizzes: z.boolean() })

/** A course grade, as the gradebook of the course makes it. */
export const courseGrade = z.object({ percent: z.number(), letter: z.string().nullable() })

export const enrollment = z.object({
  id,
  courseId: id,
  progressPercent: percent,
  enrolledAt: time,
  completedAt: time.nullable(),
  certificateId: id.nullable(),
  /** When the learner's access ended with what was paid for it; null while it goes on. */
  accessEndedAt: time.nullable(),
  grade: courseGrade.nullable(),
})

export const authoredLesson = outlineLesson.extend({
  status: partStatus,
  content: z.string(),
  file: file.nullable(),
  linkUrl: z.string().nullable(),
  quizId: id.nullable(),
  attachments: z.array(file),
})

export const authoredCourse = courseCard.extend({
  description: z.string(),
  status: courseStatus,
  completionRule,
  learnerCount: z.number().int(),
  createdAt: time,
  updatedAt: time,
  publishedAt: time.nullable(),
  modules: z.array(
    z.object({
      id,
      title: z.string(),
      status: partStatus,
      lessons: z.array(authoredLesson.omit({ content: true, attachments: true })),
    }),
  ),
  attachments: z.array(file),
})

/** What still has to be done before learners may see a course, and where to do it. */
export const publishProblem = z.object({
  code: z.enum(publishProblemCodes),
  /** The part of the course to change. */
  part: z.object({ kind: z.enum(['course', 'lesson', 'quiz']), id, title: z.string() }),
  message: z.string(),
})

export const byCourse = z.object({ courseId: id })
