import { z } from 'zod'
import { foundCourse, level } from '../education/shapes.ts'
import { operation } from '../operation.ts'
import { pageOf, paging } from '../wire.ts'

/** What changed in education with the second version of the API. */
export const educationV2 = {
  listCourses: operation({
    method: 'GET',
    path: '/education/courses',
    access: 'public',
    cache: { scope: 'public', maxAgeSeconds: 5 },
    tags: ['education'],
    summary: 'The catalogue, page by page, without counting it.',
    description:
      'The first version answers the number of all courses found and every category with each page, which costs two passes over the catalogue even when a client only wants the next page.',
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
    .output(pageOf(foundCourse).extend({ suggestion: z.string().nullable() })),
}
