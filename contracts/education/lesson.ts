import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { html, id, line, percent } from '../wire.ts'
import { authoredCourse, authoredLesson, enrollment, file, lessonKind, partStatus, tags } from './shapes.ts'

export const lesson = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  courseSlug: z.string(),
  moduleTitle: z.string(),
  title: z.string(),
  kind: lessonKind,
  /** Whether its quiz is a survey. */
  survey: z.boolean(),
  /** Cleaned HTML; empty for a quiz. */
  content: z.string(),
  durationMinutes: z.number().int(),
  required: z.boolean(),
  file: file.nullable(),
  linkUrl: z.string().nullable(),
  quizId: id.nullable(),
  attachments: z.array(file),
  previousLessonId: id.nullable(),
  nextLessonId: id.nullable(),
  /** The lesson's place in the course, counted from one. */
  position: z.object({ index: z.number().int(), count: z.number().int() }),
  progress: z
    .object({ completed: z.boolean(), positionPercent: percent, positionSeconds: z.number().int() })
    .nullable(),
})

const lessonInput = {
  title: line(300),
  content: html.default(''),
  durationMinutes: z.number().int().min(0).max(1440).default(5),
  required: z.boolean().default(true),
  fileId: id.nullable().default(null),
  linkUrl: z
    .url({ protocol: /^https?$/ })
    .max(limits.linkLength)
    .nullable()
    .default(null),
  quizId: id.nullable().default(null),
  attachmentIds: z.array(id).max(50).default([]),
}

/** Lessons, for those who learn from them and those who write them. */
export const lessonOperations = {
  findQuizPlaces: operation({
    method: 'GET',
    path: '/education/quizzes/{quizId}/places',
    access: 'internal',
    tags,
    summary: 'The lessons that show a quiz, and whether learners see each.',
  })
    .input(z.object({ quizId: id }))
    .output(
      z.object({ places: z.array(z.object({ lessonId: id, lessonTitle: z.string(), open: z.boolean() })) }),
    ),
  getLesson: operation({
    method: 'GET',
    path: '/education/lessons/{lessonId}',
    access: 'member',
    tags,
    summary: 'A lesson with its content, for its learners and instructors.',
  })
    .input(z.object({ lessonId: id }))
    .output(lesson),
  saveProgress: operation({
    method: 'PUT',
    path: '/education/lessons/{lessonId}/progress',
    access: 'member',
    tags,
    summary: 'Save your place in a lesson, and whether it is done. Progress never goes back.',
  })
    .input(
      z.object({
        lessonId: id,
        completed: z.boolean().default(false),
        positionPercent: percent.default(0),
        positionSeconds: z.number().int().min(0).max(1_000_000).default(0),
      }),
    )
    .output(enrollment),
  createLesson: operation({
    method: 'POST',
    path: '/education/modules/{moduleId}/lessons',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary:
      'Add a lesson at the end of a module. Unless `status` says otherwise, it is published with a draft course, and starts as a draft in any other.',
  })
    .input(z.object({ moduleId: id, kind: lessonKind, status: partStatus.optional(), ...lessonInput }))
    .output(authoredLesson),
  editLesson: operation({
    method: 'GET',
    path: '/education/lessons/{lessonId}/edit',
    access: 'course.author',
    tags,
    summary: 'A lesson for its author.',
  })
    .input(z.object({ lessonId: id }))
    .output(authoredLesson.extend({ courseId: id, courseTitle: z.string() })),
  saveLesson: operation({
    method: 'PUT',
    path: '/education/lessons/{lessonId}',
    access: 'course.author',
    tags,
    summary: 'Replace the contents of a lesson.',
  })
    .input(z.object({ lessonId: id, ...lessonInput }))
    .output(authoredLesson),
  deleteLesson: operation({
    method: 'DELETE',
    path: '/education/lessons/{lessonId}',
    access: 'course.author',
    tags,
    summary: 'Delete a lesson.',
  })
    .input(z.object({ lessonId: id }))
    .output(authoredCourse),
}
