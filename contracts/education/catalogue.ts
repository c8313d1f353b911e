import { z } from 'zod'
import { operation } from '../operation.ts'
import { pageOf, paging, time } from '../wire.ts'
import { courseCard, foundCourse, level, outline, outlineLesson, tags } from './shapes.ts'

const courseOverview = courseCard.extend({
  description: z.string(),
  publishedAt: time.nullable(),
  enrolled: z.boolean(),
  /** Whether you learned in it until what you paid for ended. */
  accessEnded: z.boolean(),
  learnerCount: z.number().int(),
  modules: outline(outlineLesson),
})

/** What anyone sees of the courses of a school. */
export const catalogueOperations = {
  listCourses: operation({
    method: 'GET',
    path: '/education/courses',
    access: 'public',
    cache: { scope: 'public', maxAgeSeconds: 5 },
    tags,
    summary: 'The catalogue: published courses, searched and filtered.',
  })
    .input(
      z.object({
        school: z.string().max(80).optional(),
        q: z.string().trim().max(200).optional(),
        category: z.string().max(60).optional(),
        level: level.optional(),
        ...paging,
      }),
    )
    .output(
      pageOf(foundCourse).extend({
        categories: z.array(z.string()),
        total: z.number().int(),
        suggestion: z.string().nullable(),
      }),
    ),
  getCourse: operation({
    method: 'GET',
    path: '/education/courses/{course}',
    access: 'public',
    cache: { scope: 'public', maxAgeSeconds: 5 },
    tags,
    summary: 'A published course before enrolling, by id or slug.',
  })
    .input(z.object({ course: z.string().max(120), school: z.string().max(80).optional() }))
    .output(courseOverview),
}
