import { z } from 'zod'
import { operation } from '../operation.ts'
import { done, html, id, line, pageOf, paging, time } from '../wire.ts'
import {
  authoredCourse,
  byCourse,
  completionRule,
  courseCard,
  courseStatus,
  level,
  partStatus,
  publishProblem,
  tags,
} from './shapes.ts'

const courseSettings = {
  title: line(200),
  summary: z.string().trim().max(300).default(''),
  description: html.default(''),
  category: line(60),
  level: level.default('beginner'),
  language: z.string().trim().min(2).max(35).default('en'),
  completionRule: completionRule.default({ requireQuizzes: true }),
}

/** Courses and their modules, for those who teach them. */
export const courseOperations = {
  listTaughtCourses: operation({
    method: 'GET',
    path: '/education/taught-courses',
    access: 'course.author',
    tags,
    summary: 'The courses you teach, including drafts; for an administrator, all courses of the school.',
  })
    .input(z.object(paging))
    .output(
      pageOf(courseCard.extend({ status: courseStatus, learnerCount: z.number().int(), updatedAt: time })),
    ),
  createCourse: operation({
    method: 'POST',
    path: '/education/courses',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Create a draft course.',
  })
    .input(z.object(courseSettings))
    .output(authoredCourse),
  editCourse: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/edit',
    access: 'course.author',
    tags,
    summary: 'A course with everything its author needs to edit it.',
  })
    .input(byCourse)
    .output(authoredCourse),
  saveCourse: operation({
    method: 'PATCH',
    path: '/education/courses/{courseId}',
    access: 'course.author',
    tags,
    summary: 'Change the settings of a course; what is not named stays.',
  })
    .input(
      z.object({
        courseId: id,
        title: line(200).optional(),
        summary: z.string().trim().max(300).optional(),
        description: html.optional(),
        category: line(60).optional(),
        level: level.optional(),
        language: z.string().trim().min(2).max(35).optional(),
        completionRule: completionRule.optional(),
        coverFileId: id.nullable().optional(),
      }),
    )
    .output(authoredCourse),
  publishCourse: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/publish',
    access: 'course.author',
    tags,
    summary:
      'Publish the course in the catalogue. Refused while something is unfinished: `course_not_publishable`, with `data.problems`.',
  })
    .input(byCourse)
    .output(authoredCourse),
  getPublishProblems: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/publish-problems',
    access: 'course.author',
    tags,
    summary: 'What has to be finished before a course can be published. Empty when it is ready.',
  })
    .input(byCourse)
    .output(z.object({ problems: z.array(publishProblem) })),
  setPartStatus: operation({
    method: 'PATCH',
    path: '/education/courses/{courseId}/part-status',
    access: 'course.author',
    tags,
    summary:
      'Publish or hide lessons and modules, or turn them back into drafts. Unfinished lessons of a published course are refused: `course_not_publishable`, with `data.problems`.',
  })
    .input(
      z.object({
        courseId: id,
        status: partStatus,
        lessonIds: z.array(id).max(1000).default([]),
        moduleIds: z.array(id).max(500).default([]),
      }),
    )
    .output(authoredCourse),
  archiveCourse: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/archive',
    access: 'course.author',
    tags,
    summary: 'Take the course out of the catalogue; enrolled learners keep it.',
  })
    .input(byCourse)
    .output(authoredCourse),
  deleteCourse: operation({
    method: 'DELETE',
    path: '/education/courses/{courseId}',
    access: 'course.author',
    tags,
    summary: 'Delete a course that has no learners.',
  })
    .input(byCourse)
    .output(done),
  createModule: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/modules',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Add a module at the end of a course.',
  })
    .input(z.object({ courseId: id, title: line(200) }))
    .output(authoredCourse),
  saveModule: operation({
    method: 'PATCH',
    path: '/education/modules/{moduleId}',
    access: 'course.author',
    tags,
    summary: 'Rename a module.',
  })
    .input(z.object({ moduleId: id, title: line(200) }))
    .output(authoredCourse),
  deleteModule: operation({
    method: 'DELETE',
    path: '/education/modules/{moduleId}',
    access: 'course.author',
    tags,
    summary: 'Delete a module with its lessons.',
  })
    .input(z.object({ moduleId: id }))
    .output(authoredCourse),
  arrangeCourse: operation({
    method: 'PUT',
    path: '/education/courses/{courseId}/arrangement',
    access: 'course.author',
    tags,
    summary: 'Set the order of modules and lessons. Names each module and lesson of the course once.',
  })
    .input(
      z.object({
        courseId: id,
        modules: z.array(z.object({ id, lessonIds: z.array(id).max(1000) })).max(500),
      }),
    )
    .output(authoredCourse),
}
