import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { lockQuizzesOfCourse, moveEnds } from '../accommodations/accommodations.store.ts'
import { askToTellGrades } from '../gradebook/told-grades.store.ts'
import { replaceGroups, selectAnyGiven, takeRevision } from './groups.store.ts'

/**
 * Take on the groups of a course, whole. An event older than the copy is let pass. Where a group was given something,
 * open attempts of who came or left end as they should now: attempts that begin meanwhile wait for it.
 */
export async function takeGroups(
  tx: Transaction,
  { courseId, revision, groups }: EventPayload<'course.groups_changed'>,
): Promise<void> {
  if (!(await takeRevision(tx, courseId, revision))) return
  const given = await selectAnyGiven(tx, courseId)
  const quizIds = given ? await lockQuizzesOfCourse(tx, courseId) : []
  await replaceGroups(tx, courseId, groups)
  if (!given) return
  await moveEnds(tx, quizIds)
  askToTellGrades(tx, courseId)
}
