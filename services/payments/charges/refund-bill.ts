import { type Money, toDecimal } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'
import type { OrderTools } from '../orders/order-tools.ts'
import { stepOf } from '../stripe/stripe-amounts.ts'
import { selectOptionalBill } from '../subscriptions/bills.store.ts'
import { lockOptionalSubscription } from '../subscriptions/subscriptions.store.ts'
import { reserveChargeRefund, selectOptionalChargeRefund } from './charge-refunds.store.ts'
import { selectOptionalPaidChargeOf } from './paid-charges.store.ts'
import { pursueChargeRefund } from './pursue-charge-refund.ts'
import { askToSettlePaidCharge } from './settle-task.ts'

type Wish = { billId: string; amount?: Money | undefined; reason: string; note: string }

/**
 * Give back what was paid for a bill of a subscription, or a part of it. It is set aside first, then Stripe is asked; where
 * it does not answer, a job asks again. The subscription goes on.
 *
 * @param key under which the caller may repeat it: the id of the refund follows from it
 * @throws AppError `not_found`; `conflict` for a bill that the processor was not paid for; `refund_too_large`.
 */
export async function refundBill(
  tools: OrderTools,
  by: Caller,
  wish: Wish,
  key: string | null = null,
): Promise<void> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const bill = await selectOptionalBill(school, wish.billId)
  if (!bill) throw new AppError('not_found')
  const id = key === null ? uuidv7() : uuidv5(`${userId} ${key}`, bill.id)
  await school.transaction(async tx => {
    await lockOptionalSubscription(tx, bill.subscriptionId)
    if (await selectOptionalChargeRefund(tx, id)) return
    const charge = await selectOptionalPaidChargeOf(tx, bill.id)
    if (!charge) throw refusal('order_not_paid')
    const { currency } = charge
    if (wish.amount && wish.amount.currency !== currency)
      throw invalidField('amount.currency', 'currency_not_taken')
    const left = charge.amountMinor - charge.refundedMinor - charge.disputedMinor
    const amountMinor = wish.amount?.amountMinor ?? left
    const step = stepOf(currency)
    if (amountMinor % step !== 0) {
      const values = { step: toDecimal({ amountMinor: step, currency }) }
      throw invalidField('amount.amountMinor', 'amount_not_charged', { values })
    }
    const { reason, note } = wish
    const wanted = { id, chargeId: charge.id, amountMinor, reason, note, requestedBy: userId }
    if (amountMinor <= 0 || !(await reserveChargeRefund(tx, { ...wanted, stripeRefundId: null })))
      throw new AppError('refund_too_large')
    await recordAudit(tx, 'payments', by, {
      action: 'subscription.refunded',
      subject: { kind: 'subscription', id: bill.subscriptionId },
      details: { amountMinor, currency, reason },
    })
    await askToSettlePaidCharge(tx, charge.id)
  })
  // Whatever keeps Stripe from it, the refund stands, and the job goes on with it: who were told that it failed would ask
  // for another.
  await pursueChargeRefund(tools, organizationId, id).catch(() => {})
}
