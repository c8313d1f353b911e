import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { type AccessReason, countAccess, endGrants, insertGrants, selectOpenAmong } from './access.store.ts'

/**
 * Who may learn in which courses because of what was paid, and why. Every reason is a grant of its own, so what ends one
 * (a refund, the end of a subscription) takes away only what nothing else gives. Others are told of what opens and
 * closes, each with a number that is higher the later it is.
 */

/** Open courses to a person for a reason. Repeating it changes nothing. @param at ISO 8601 */
export async function grantAccess(
  tx: Transaction,
  reason: AccessReason,
  courseIds: readonly string[],
  at: string,
  orderId: string | null = null,
): Promise<void> {
  if (courseIds.length === 0) return
  const { organizationId } = tx
  const { userId, source } = reason
  const revision = await countAccess(tx, userId)
  const open = await selectOpenAmong(tx, userId, courseIds)
  await insertGrants(tx, reason, [...new Set(courseIds)], at)
  const opened = [...new Set(courseIds)].filter(courseId => !open.has(courseId))
  if (opened.length === 0) return
  const told = { organizationId, userId, courseIds: opened, source, orderId, revision, purchasedAt: at }
  await publish(tx, 'payments', 'course.purchased', told)
}

/**
 * End a reason, for some of its courses or, without them, for all. Courses that are open to the person for another reason
 * stay so. Repeating it changes nothing. @param at ISO 8601
 */
export async function endAccess(
  tx: Transaction,
  reason: AccessReason,
  at: string,
  courseIds: readonly string[] | null = null,
): Promise<void> {
  const { organizationId } = tx
  const { userId, source } = reason
  const revision = await countAccess(tx, userId)
  const ended = await endGrants(tx, reason, courseIds, at)
  const open = await selectOpenAmong(tx, userId, ended)
  const closed = ended.filter(courseId => !open.has(courseId))
  if (closed.length === 0) return
  const told = { organizationId, userId, courseIds: closed, source, revision, endedAt: at }
  await publish(tx, 'payments', 'course.access_ended', told)
}
