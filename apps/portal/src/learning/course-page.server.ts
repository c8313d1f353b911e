import type { coursePage } from '@azora/contracts/education/enrolment.ts'
import { cache } from 'react'
import type { z } from 'zod'
import { api, need, unless } from '../lib/api.server.ts'
import type { CountedLesson } from './course-share.ts'

export type CoursePage = z.infer<typeof coursePage>

/** What of each lesson the share of the course is counted from; no more travels to the browser. */
export const countedLessons = (page: CoursePage | null): CountedLesson[] =>
  (page?.modules ?? []).flatMap(({ lessons }) =>
    lessons.map(({ id, required, completed }) => ({ id, required, completed })),
  )

/** A learner's page of a course, or null for who is not enrolled. */
export const coursePageOf = cache(
  async (course: string, path: string): Promise<CoursePage | null> =>
    need(unless((await api()).education.getCoursePage({ course }), 'not_enrolled', 'forbidden'), path),
)
