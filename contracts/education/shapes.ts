import { z } from 'zod'
import { id, percent, time } from '../wire.ts'

/** The shapes that education's contracts share. */

export const tags: [string] = ['education']

export const level = z.enum(['beginner', 'intermediate', 'advanced'])
export const courseStatus = z.enum(['draft', 'published', 'archived'])
export const lessonKind = z.enum(['page', 'video', 'file', 'link', 'quiz'])

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
})

export const outlineLesson = z.object({
  id,
  title: z.string(),
  kind: lessonKind,
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

export const enrollment = z.object({
  id,
  courseId: id,
  progressPercent: percent,
  enrolledAt: time,
  completedAt: time.nullable(),
  certificateId: id.nullable(),
})

export const authoredLesson = outlineLesson.extend({
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
  modules: outline(authoredLesson.omit({ content: true, attachments: true })),
  attachments: z.array(file),
})

export const byCourse = z.object({ courseId: id })
