import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { endRefund, failProcessedRefund } from '../refunds/refunds.store.ts'
import type { RefundEnd } from '../refunds/take-refund.ts'
import { lockOptionalSubscription } from '../subscriptions/subscriptions.store.ts'
import { type ChargeRefund, releaseChargeRefund } from './charge-refunds.store.ts'
import { creditBill, takeBackBillCredit } from './credit-bill.ts'
import { type PaidCharge, selectOptionalPaidCharge } from './paid-charges.store.ts'
import { chargeSaid } from './tell-charge.ts'

/**
 * Write down what a refund of a bill has come to, and tell it: once, however often it is found out. What was paid for stays
 * open: a subscription is ended by its owner, or by who gives the money back.
 */
export async function takeChargeRefund(
  tx: Transaction,
  refund: ChargeRefund,
  ended: RefundEnd,
): Promise<void> {
  const charge = await holdCharge(tx, refund.chargeId)
  const first = await endRefund(tx, refund.id, ended)
  if (!first && !(ended.status === 'failed' && (await failProcessedRefund(tx, refund.id)))) return
  const said = { ...chargeSaid(tx, charge, refund.amountMinor), refundId: refund.id }
  const now = new Date().toISOString()
  if (ended.status === 'failed') {
    await releaseChargeRefund(tx, refund)
    // Nobody was told of one that failed at once.
    if (first) return
    await takeBackBillCredit(tx, charge, refund.id)
    await publish(tx, 'payments', 'subscription.refund_failed', { ...said, failedAt: now })
    return
  }
  const { creditedMinor, taxMinor } = await creditBill(tx, charge, {
    key: `refund:${refund.id}`,
    amountMinor: refund.amountMinor,
  })
  const { currency } = charge
  await publish(tx, 'payments', 'subscription.refunded', {
    ...said,
    credited: { amountMinor: creditedMinor, currency },
    tax: { amountMinor: taxMinor, currency },
    refundedAt: now,
  })
}

/** A paid charge as it is while its subscription is held, as every change of a subscription begins. */
export async function holdCharge(tx: Transaction, chargeId: string): Promise<PaidCharge> {
  const before = await selectOptionalPaidCharge(tx, chargeId)
  if (before) await lockOptionalSubscription(tx, before.subscriptionId)
  const charge = before && (await selectOptionalPaidCharge(tx, chargeId))
  if (!charge) throw new Error(`Charge ${chargeId} was not paid.`)
  return charge
}
