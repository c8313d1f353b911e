import { cancelNow } from '@azora/billing/subscriptions/cancel.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Stripe } from 'stripe'
import type { Dispute } from '../disputes/disputes.store.ts'
import { noteDispute } from '../disputes/note-dispute.ts'
import { applyOutcome } from '../subscriptions/apply.ts'
import { schoolDay } from '../subscriptions/school-day.ts'
import { lockOptionalSubscription } from '../subscriptions/subscriptions.store.ts'
import { creditBill } from './credit-bill.ts'
import { type PaidCharge, updateChargeDisputed } from './paid-charges.store.ts'
import { chargeSaid } from './tell-charge.ts'

/**
 * Write down how a dispute of a bill's payment stands, and tell what is new of it. The subscription is held. One that is
 * lost ends it that day, with nothing kept for its owner: who has their bank take the money back does not want to be
 * charged again, and each further charge would be disputed too.
 */
export async function takeChargeDispute(
  tx: Transaction,
  { charge, known }: { charge: PaidCharge; known: readonly Dispute[] },
  told: Stripe.Dispute,
): Promise<void> {
  const { currency } = charge
  const news = await noteDispute(tx, { paymentId: null, chargeId: charge.id, currency, known }, told)
  if (!news) return
  const { dispute, opened, outcome } = news
  const price = (minor: number | null) => (minor === null ? null : { amountMinor: minor, currency })
  const said = { ...chargeSaid(tx, charge, dispute.amountMinor), disputeId: dispute.id }
  if (opened) {
    const { reason, openedAt } = dispute
    const fee = price(dispute.feeMinor)
    await publish(tx, 'payments', 'subscription.dispute_opened', { ...said, fee, reason, openedAt })
  }
  if (outcome) {
    const credit = { key: `dispute:${dispute.id}`, amountMinor: news.leftOf(charge) }
    const { creditedMinor, taxMinor } =
      outcome === 'lost' ? await creditBill(tx, charge, credit) : { creditedMinor: 0, taxMinor: 0 }
    await publish(tx, 'payments', 'subscription.dispute_closed', {
      ...said,
      outcome,
      credited: { amountMinor: creditedMinor, currency },
      tax: { amountMinor: taxMinor, currency },
      feeReturned: outcome === 'won' ? price(news.feeReturned) : null,
      closedAt: dispute.closedAt ?? new Date().toISOString(),
    })
    if (outcome === 'lost') await endDisputed(tx, charge.subscriptionId)
  }
  await updateChargeDisputed(tx, charge.id)
}

async function endDisputed(tx: Transaction, subscriptionId: string): Promise<void> {
  const stored = await lockOptionalSubscription(tx, subscriptionId)
  if (!stored) return
  const now = new Date()
  const day = await schoolDay(tx, now)
  const ended = cancelNow(stored.state, day)
  if ('refused' in ended) return
  await applyOutcome(tx, stored, { subscription: ended.subscription, effects: [] }, { now, day })
}
