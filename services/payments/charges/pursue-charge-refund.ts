import { leaveProcess } from '@azora/kit/context.ts'
import type { Stripe } from 'stripe'
import type { OrderTools } from '../orders/order-tools.ts'
import { updateRefundAsked } from '../refunds/refunds.store.ts'
import { endOf } from '../stripe/afterwards.ts'
import { toStripe } from '../stripe/stripe-amounts.ts'
import { isRefused } from '../stripe/stripe-door.ts'
import { chargeMark } from '../subscriptions/settle-charge.ts'
import { type ChargeRefund, selectOptionalChargeRefund } from './charge-refunds.store.ts'
import { type PaidCharge, selectOptionalPaidCharge } from './paid-charges.store.ts'
import { takeChargeRefund } from './take-charge-refund.ts'

/** Ask Stripe for a pending refund of a bill, or how it stands, and write down what it has come to. Safe to repeat. */
export async function pursueChargeRefund(
  tools: OrderTools,
  organizationId: string,
  refundId: string,
): Promise<void> {
  const school = tools.db.in(organizationId)
  const refund = await selectOptionalChargeRefund(school, refundId)
  if (refund?.status !== 'pending') return
  const charge = await selectOptionalPaidCharge(school, refund.chargeId)
  if (!charge || charge.sandbox !== tools.stripe.sandbox) return
  await leaveProcess('Giving money back')
  const stripe = await tools.stripe.open()
  const told = await askFor(stripe, refund, charge, organizationId).catch(failure => {
    // Nothing is left there to give back, or the charge cannot be refunded: it never will be.
    if (isRefused(failure)) return null
    throw failure
  })
  const status = told ? endOf(told) : 'failed'
  if (status === null) await updateRefundAsked(school, refundId, told?.id ?? '')
  else
    await school.transaction(tx => takeChargeRefund(tx, refund, { status, stripeRefundId: told?.id ?? null }))
}

/** The refund at Stripe, made now unless it is there; looked for by our own mark first, since Stripe forgets keys. */
async function askFor(stripe: Stripe, refund: ChargeRefund, charge: PaidCharge, organizationId: string) {
  if (refund.stripeRefundId) return stripe.refunds.retrieve(refund.stripeRefundId)
  const { intentId, currency } = charge
  for await (const made of stripe.refunds.list({ payment_intent: intentId, limit: 100 }))
    if (made.metadata?.azora_refund === refund.id) return made
  return stripe.refunds.create(
    {
      payment_intent: intentId,
      amount: toStripe({ amountMinor: refund.amountMinor, currency }).amount,
      metadata: { ...chargeMark(organizationId, charge.id), azora_refund: refund.id },
    },
    { idempotencyKey: `refund-${refund.id}` },
  )
}
