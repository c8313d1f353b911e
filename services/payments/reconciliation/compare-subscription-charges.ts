import type { Queryable } from '@azora/kit/db.ts'
import type { Stripe } from 'stripe'
import type { OrderTools } from '../orders/order-tools.ts'
import { fromStripe } from '../stripe/stripe-amounts.ts'
import { selectOptionalCharge } from '../subscriptions/charges.store.ts'
import { settleCharge } from '../subscriptions/settle-charge.ts'
import { upsertDifference } from './differences.store.ts'
import type { Counts } from './reconciliations.store.ts'

type Run = { tools: OrderTools; organizationId: string; db: Queryable; counts: Counts }

/** Charges of subscriptions, as the processor lists them: each has to be a try that was paid. */
export async function compareSubscriptionCharges(
  { tools, organizationId, db, counts }: Run,
  listed: readonly Stripe.Charge[],
): Promise<void> {
  for (const charge of listed) {
    const chargeId = charge.metadata.azora_charge
    if (!chargeId) continue
    counts.charges += 1
    const before = await selectOptionalCharge(db, chargeId)
    // Of one that is open, a webhook was lost that would have made us ask.
    if (before?.status === 'open') await settleCharge(tools, organizationId, chargeId)
    const after = before && (await selectOptionalCharge(db, chargeId))
    if (after?.status === 'succeeded') {
      if (before?.status === 'open') counts.repaired += 1
      continue
    }
    await upsertDifference(db, {
      kind: after ? 'order_not_paid' : 'unknown_order',
      orderId: null,
      reference: charge.id,
      aboutAt: new Date(charge.created * 1000).toISOString(),
      expected: fromStripe(charge.amount, charge.currency),
      foundMinor: 0,
    })
  }
}
