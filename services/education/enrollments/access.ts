import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import { publish } from '@azora/kit/outbox.ts'
import { lockOptionalCourse } from '../courses/course-access.ts'
import { endBoughtEnrollment, upsertAccessTold } from './access.store.ts'
import { addLearner } from './learn.ts'

/** Enrol who may learn by what was paid, also in a course that has left the catalogue since; a deleted one is passed over. */
export async function takePurchase(
  tx: Transaction,
  {
    userId,
    courseIds,
    revision,
  }: Pick<EventPayload<'course.purchased'>, 'userId' | 'courseIds' | 'revision'>,
  metrics: Metrics,
): Promise<void> {
  // In one order, so that two who buy the same courses do not wait for each other.
  for (const courseId of [...courseIds].sort())
    if (
      (await lockOptionalCourse(tx, courseId)) &&
      (await upsertAccessTold(tx, { userId, courseId, revision }))
    )
      await addLearner(tx, { courseId, userId, bought: true }, metrics)
}

/**
 * End the enrolments that came from what was paid. Who enrolled by themselves, when the course was free, stays; and what a
 * learner did is kept, for when they come back.
 */
export async function takeAccessEnd(
  tx: Transaction,
  { userId, courseIds, revision, endedAt }: EventPayload<'course.access_ended'>,
): Promise<void> {
  const { organizationId } = tx
  for (const courseId of [...courseIds].sort()) {
    if (!(await upsertAccessTold(tx, { userId, courseId, revision }))) continue
    const ended = await endBoughtEnrollment(tx, { userId, courseId, endedAt })
    if (!ended) continue
    await publish(tx, 'education', 'course.unenrolled', {
      enrollmentId: ended.id,
      courseId,
      userId,
      organizationId,
      revision: ended.revision,
      endedAt,
    })
  }
}
