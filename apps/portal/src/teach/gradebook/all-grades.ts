'use client'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import type { Learner } from './book.ts'

type Row = OutputOf<'assessment.readGrades'>['items'][number]

/** All learners of a course, or of a group of it, with their names, page by page. */
export async function allLearners(courseId: string, groupId?: string): Promise<Learner[]> {
  const learners: Learner[] = []
  let cursor: string | undefined
  do {
    const page = await call('education.getRoster', { courseId, groupId, limit: 100, cursor })
    learners.push(...page.items.map(({ userId, name, email }) => ({ userId, name, email })))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return learners
}

/** The grades of all learners, a hundred at a time. */
export async function allGrades(
  courseId: string,
  learners: readonly Learner[],
  onCount: (count: number) => void,
): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>()
  for (let from = 0; from < learners.length; from += 100) {
    const userIds = learners.slice(from, from + 100).map(({ userId }) => userId)
    const { items } = await call('assessment.readGrades', { courseId, userIds })
    for (const row of items) rows.set(row.userId, row)
    onCount(rows.size)
  }
  return rows
}
