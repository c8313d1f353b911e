import type { Money } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { lockOptionalOrder } from '../orders/orders.store.ts'
import { shownItems } from '../orders/shown-order.ts'
import { pursueRefund, setRefundAside } from '../refunds/refund-order.ts'
import {
  answerRequest,
  type RefundRequest,
  type RequestStatus,
  selectOptionalRequest,
  selectRequests,
  updateRequestRefund,
} from './refund-requests.store.ts'

/** A request for those who answer it. */
function shownRequest(request: RefundRequest) {
  const { currency } = request
  const { id, orderId, status, text, courseIds, answer, createdAt, answeredAt, paidAt, sandbox } = request
  const asked = request.items.filter(item => courseIds?.includes(item.courseId) ?? true)
  return {
    ...{ id, orderId, status, text, courseIds, answer, createdAt, answeredAt, paidAt, sandbox },
    titles: asked.map(({ title }) => title),
    items: shownItems(request),
    buyer: request.buyerId === null ? null : { id: request.buyerId, name: request.buyerName },
    total: { amountMinor: request.totalMinor, currency },
    refunded: { amountMinor: request.refundedMinor, currency },
  }
}

export async function listRefundRequests(
  db: Queryable,
  input: { status?: RequestStatus | undefined; cursor?: string | undefined; limit: number },
) {
  const found = await selectRequests(db, input)
  return { ...found, items: found.items.map(shownRequest) }
}

/**
 * Give the buyer the money back, as they asked unless something else is said. The request is answered with the transaction that sets the money aside.
 * @throws AppError `not_found`; `conflict` for one that was answered or taken back; `refund_too_large`.
 */
export async function approveRefundRequest(
  tools: OrderTools,
  by: Caller,
  {
    requestId,
    amount,
    courseIds,
    answer,
  }: {
    requestId: string
    amount?: Money | undefined
    courseIds?: readonly string[] | undefined
    answer: string
  },
) {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const refundId = await school.transaction(async tx => {
    const request = await held(tx, requestId)
    // Before the money: where all of it goes back at once, into a wallet, that answers what is still open.
    const given = { status: 'approved', answer, answeredBy: userId } as const
    if (!(await answerRequest(tx, requestId, given))) throw refusal('refund_request_over')
    const made = await setRefundAside(tx, by, {
      orderId: request.orderId,
      amount,
      courseIds: courseIds ?? (amount ? undefined : (request.courseIds ?? undefined)),
      reason: 'requested_by_buyer',
      note: answer,
    })
    await updateRequestRefund(tx, requestId, made)
    return made
  })
  // As for any refund: it stands, and the job goes on with it.
  await pursueRefund(tools, organizationId, refundId).catch(() => {})
  return shown(school, requestId)
}

/** Say no. @throws AppError `not_found`; `conflict` for one that was answered or taken back. */
export async function declineRefundRequest(
  tools: OrderTools,
  by: Caller,
  { requestId, answer }: { requestId: string; answer: string },
) {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  await school.transaction(async tx => {
    const { orderId } = await held(tx, requestId)
    const given = { status: 'declined', answer, answeredBy: userId } as const
    if (!(await answerRequest(tx, requestId, given))) throw refusal('refund_request_over')
    await recordAudit(tx, 'payments', by, {
      action: 'refund_request.declined',
      subject: { kind: 'order', id: orderId },
      details: {},
    })
  })
  return shown(school, requestId)
}

/** The request, with its order held, so that of two answers at once the second finds the first. */
async function held(tx: Parameters<typeof lockOptionalOrder>[0], requestId: string): Promise<RefundRequest> {
  const request = await selectOptionalRequest(tx, requestId)
  if (!request) throw new AppError('not_found')
  await lockOptionalOrder(tx, request.orderId)
  const now = await selectOptionalRequest(tx, requestId)
  if (now?.status !== 'open') throw refusal('refund_request_over')
  return now
}

async function shown(db: Queryable, requestId: string) {
  const request = await selectOptionalRequest(db, requestId)
  if (!request) throw new AppError('not_found')
  return shownRequest(request)
}
