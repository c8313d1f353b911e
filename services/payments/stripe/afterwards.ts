import type { Stripe } from 'stripe'
import { askStripe } from './stripe-door.ts'

/** More of one payment than anybody makes by hand: a bound, so that none can hold up the rest. */
const mostOfOne = 1000

/** All that Stripe has about a payment since it came. */
export async function refundsAndDisputes(
  stripe: Stripe,
  intentId: string,
): Promise<{ refunds: Stripe.Refund[]; disputes: Stripe.Dispute[] }> {
  const of = { payment_intent: intentId, limit: 100 }
  const refunds = await askStripe(() => stripe.refunds.list(of).autoPagingToArray({ limit: mostOfOne }))
  const disputes = await askStripe(() => stripe.disputes.list(of).autoPagingToArray({ limit: mostOfOne }))
  return { refunds, disputes }
}

/** What a refund has come to; null while that is not known. */
export function endOf({ status }: Pick<Stripe.Refund, 'status'>): 'succeeded' | 'failed' | null {
  if (status === 'succeeded') return 'succeeded'
  return status === 'failed' || status === 'canceled' ? 'failed' : null
}

/** Why it was made, in our words. */
export const reasonOf = ({ reason }: Stripe.Refund): string =>
  reason === 'duplicate' || reason === 'fraudulent' ? reason : 'other'
