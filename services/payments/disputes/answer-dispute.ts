import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import { settlePaidCharge } from '../charges/settle-paid-charge.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { settlePayment } from '../stripe/settle-payment.ts'
import { askStripe, isRefused } from '../stripe/stripe-door.ts'
import { selectDisputes, selectOptionalDispute } from './disputes.store.ts'
import { shownDispute } from './shown-dispute.ts'

export async function listDisputes(
  db: Queryable,
  { cursor, ...input }: { state?: 'open' | 'over' | undefined; cursor?: string | undefined; limit: number },
) {
  const found = await selectDisputes(db, { ...input, cursor })
  return { ...found, items: found.items.map(shownDispute) }
}

/**
 * Send the bank what speaks for the school.
 * @throws AppError `not_found`; `conflict` for one that is over or was answered; `unavailable`.
 */
export const answerDispute = (
  tools: OrderTools,
  by: Caller,
  { disputeId, evidence }: { disputeId: string; evidence: string },
) =>
  decide(tools, by, disputeId, {
    action: 'dispute.answered',
    ask: (stripe, id) =>
      stripe.disputes.update(
        id,
        { evidence: { uncategorized_text: evidence }, submit: true },
        { idempotencyKey: `dispute-answer-${disputeId}` },
      ),
  })

/** Leave the money to the buyer. @throws as `answerDispute`. */
export const acceptDispute = (tools: OrderTools, by: Caller, { disputeId }: { disputeId: string }) =>
  decide(tools, by, disputeId, {
    action: 'dispute.accepted',
    ask: (stripe, id) => stripe.disputes.close(id, {}, { idempotencyKey: `dispute-accept-${disputeId}` }),
  })

type Decision = {
  action: 'dispute.answered' | 'dispute.accepted'
  ask(stripe: Stripe, stripeDisputeId: string): Promise<unknown>
}

async function decide(tools: OrderTools, by: Caller, disputeId: string, { action, ask }: Decision) {
  const { organizationId } = by.actor
  const school = tools.db.in(organizationId)
  const dispute = await selectOptionalDispute(school, disputeId)
  if (!dispute || dispute.sandbox !== tools.stripe.sandbox) throw new AppError('not_found')
  if (dispute.status !== 'needs_response') throw refusal('dispute_over')
  await leaveProcess('Answering a dispute')
  const stripe = await tools.stripe.open()
  const subject = dispute.orderId
    ? { kind: 'order', id: dispute.orderId }
    : { kind: 'subscription', id: dispute.subscriptionId ?? '' }
  await askStripe(() => ask(stripe, dispute.stripeDisputeId)).catch(failure => {
    // Somebody was faster, here or at Stripe: how it stands is found out next.
    if (!isRefused(failure)) throw failure
  })
  await school.transaction(tx => recordAudit(tx, 'payments', by, { action, subject, details: {} }))
  if (dispute.orderId) await settlePayment(tools, organizationId, dispute.orderId)
  if (dispute.chargeId) await settlePaidCharge(tools, organizationId, dispute.chargeId)
  const after = await selectOptionalDispute(school, disputeId)
  if (!after) throw new AppError('not_found')
  return shownDispute(after)
}
