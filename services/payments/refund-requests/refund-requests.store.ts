import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'
import { type OrderItem, orderItems } from '../orders/orders.store.ts'

export type RequestStatus = 'open' | 'approved' | 'declined' | 'withdrawn'

export type RefundRequest = {
  id: string
  orderId: string
  text: string
  status: RequestStatus
  answer: string
  createdAt: string
  answeredAt: string | null
  currency: string
  totalMinor: number
  refundedMinor: number
  paidAt: string
  sandbox: boolean
  items: OrderItem[]
  courseIds: string[] | null
  buyerId: string | null
  buyerName: string
}

const requests = (db: Queryable): Sql => sql`
  select q.id, q.order_id, q.text, q.course_ids, q.status, q.answer, q.created_at, q.answered_at, o.currency, o.total_minor,
    p.refunded_minor, o.paid_at, o.sandbox, o.buyer_id, o.buyer_name, ${orderItems} as items
  from refund_requests q join orders o on o.organization_id = q.organization_id and o.id = q.order_id
  join payments p on p.organization_id = o.organization_id and p.order_id = o.id
  where q.organization_id = ${db.organizationId}`

export function selectOptionalRequest(db: Queryable, requestId: string): Promise<RefundRequest | null> {
  return db.optional<RefundRequest>(sql`${requests(db)} and q.id = ${requestId}`)
}

/** A page of requests: those that wait by their age, others the newest first. */
export async function selectRequests(
  db: Queryable,
  {
    status,
    cursor,
    limit,
  }: { status?: RequestStatus | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: RefundRequest[]; nextCursor: string | null }> {
  const oldestFirst = status === 'open'
  const rows = await db.rows<RefundRequest>(sql`
    ${requests(db)}
    ${status ? sql`and q.status = ${status}` : none}
    ${cursor ? sql`and case when ${oldestFirst} then q.id > ${cursor} else q.id < ${cursor} end` : none}
    order by case when ${oldestFirst} then q.id end, q.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** @returns false where there is one of this order already that was not granted for single courses. */
export async function insertOptionalRequest(
  tx: Transaction,
  request: { id: string; orderId: string; text: string; courseIds: readonly string[] | null },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into refund_requests (id, organization_id, order_id, text, course_ids)
    values (${request.id}, ${tx.organizationId}, ${request.orderId}, ${request.text},
      ${request.courseIds && [...request.courseIds]}::uuid[])
    on conflict (order_id) where status in ('open', 'declined') or (status = 'approved' and course_ids is null)
      do nothing`)
  return made === 1
}

/** @returns false for one that is not open any more. */
export async function withdrawRequest(
  tx: Transaction,
  { id, orderId }: { id: string; orderId: string },
): Promise<boolean> {
  const changed = await tx.run(sql`
    update refund_requests set status = 'withdrawn'
    where organization_id = ${tx.organizationId} and id = ${id} and order_id = ${orderId} and status = 'open'`)
  return changed === 1
}

/** @returns false for one that is not open any more. */
export async function answerRequest(
  tx: Transaction,
  id: string,
  given: { status: 'approved' | 'declined'; answer: string; answeredBy: string },
): Promise<boolean> {
  const changed = await tx.run(sql`
    update refund_requests set status = ${given.status}, answer = ${given.answer}, answered_by = ${given.answeredBy},
      answered_at = now()
    where organization_id = ${tx.organizationId} and id = ${id} and status = 'open'`)
  return changed === 1
}

/** The refund by which a request was granted. */
export async function updateRequestRefund(tx: Transaction, id: string, refundId: string): Promise<void> {
  await tx.run(sql`
    update refund_requests set refund_id = ${refundId}
    where organization_id = ${tx.organizationId} and id = ${id}`)
}

/** What was asked for went back in another way. @param courseIds of which all went back */
export async function grantOpenRequest(
  tx: Transaction,
  orderId: string,
  courseIds: readonly string[] | 'all',
): Promise<void> {
  const all = courseIds === 'all'
  await tx.run(sql`
    update refund_requests set status = 'approved', answered_at = now()
    where organization_id = ${tx.organizationId} and order_id = ${orderId} and status = 'open'
      and (${all} or course_ids <@ ${all ? [] : [...courseIds]}::uuid[])`)
}
