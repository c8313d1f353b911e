import type { coursePage } from '@azora/contracts/education/enrolment.ts'
import { cache } from 'react'
import type { z } from 'zod'
import { api, need, unless } from '../lib/api.server.ts'

export type CoursePage = z.infer<typeof coursePage>

/** A learner's page of a course, or null for who is not enrolled. */
export const coursePageOf = cache(
  async (course: string, path: string): Promise<CoursePage | null> =>
    need(unless((await api()).education.getCoursePage({ course }), 'not_enrolled', 'forbidden'), path),
)
