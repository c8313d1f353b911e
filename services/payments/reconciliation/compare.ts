import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { settlePayment } from '../stripe/settle-payment.ts'
import { fromStripe } from '../stripe/stripe-amounts.ts'
import { compareSubscriptionCharges } from './compare-subscription-charges.ts'
import { type Seen, upsertDifference } from './differences.store.ts'
import { type Counts, type KnownPayment, selectPaymentsOfIntents } from './reconciliations.store.ts'

/** What a comparison has come to so far. */
export type Comparison = {
  tools: OrderTools
  organizationId: string
  db: Queryable
  counts: Counts
  /** Of which payments the processor has a charge. */
  charged: Set<string>
}

/** How many payments are looked up at once. */
export const pageSize = 100

const intentOf = ({ payment_intent: intent }: { payment_intent: string | { id: string } | null }) =>
  typeof intent === 'string' ? intent : (intent?.id ?? null)

const timeOf = (seconds: number) => new Date(seconds * 1000).toISOString()

/** Charges of the school, as the processor lists them: each has to be an order that was paid, with what came and what left. */
export async function compareCharges(run: Comparison, charges: readonly Stripe.Charge[]): Promise<void> {
  const listed = charges.filter(
    ({ status, captured, metadata }) =>
      status === 'succeeded' && captured && metadata.azora_organization === run.organizationId,
  )
  await compareSubscriptionCharges(run, listed)
  // What is paid of a subscription has no order.
  const ours = listed.filter(({ metadata }) => !metadata.azora_charge)
  run.counts.charges += ours.length
  const known = await paymentsOf(run.db, ours)
  for (const charge of ours) {
    const intentId = intentOf(charge)
    if (intentId === null) continue
    const payment = known.get(intentId) ?? (await takeUnknown(run, charge, intentId))
    if (!payment) continue
    run.charged.add(payment.id)
    await compareCharge(run, charge, payment)
  }
}

async function paymentsOf(db: Queryable, of: readonly Stripe.Charge[]): Promise<Map<string, KnownPayment>> {
  const intents = of.flatMap(charge => intentOf(charge) ?? [])
  const found = await selectPaymentsOfIntents(db, intents)
  return new Map(found.map(payment => [payment.intentId, payment]))
}

/** A charge of which nothing is written down: its order is asked about, which is what a lost webhook would have made us do. */
async function takeUnknown(
  run: Comparison,
  charge: Stripe.Charge,
  intentId: string,
): Promise<KnownPayment | null> {
  const orderId = charge.metadata.azora_order ?? ''
  const settled = await settleOrder(run.tools, run.organizationId, orderId).catch(failure => {
    if (failure instanceof AppError && failure.code === 'not_found') return null
    throw failure
  })
  const [payment] = await selectPaymentsOfIntents(run.db, [intentId])
  if (payment) {
    run.counts.repaired += 1
    return payment
  }
  await tell(run, {
    kind: settled ? 'order_not_paid' : 'unknown_order',
    orderId: settled?.id ?? null,
    reference: charge.id,
    aboutAt: timeOf(charge.created),
    expected: fromStripe(charge.amount, charge.currency),
    foundMinor: 0,
  })
  return null
}

async function compareCharge(run: Comparison, charge: Stripe.Charge, payment: KnownPayment): Promise<void> {
  const about = { orderId: payment.orderId, reference: charge.id, aboutAt: timeOf(charge.created) }
  const expected = fromStripe(charge.amount, charge.currency)
  if (expected.amountMinor !== payment.amountMinor || expected.currency !== payment.currency) {
    await tell(run, { kind: 'amount_differs', ...about, expected, foundMinor: payment.amountMinor })
    return
  }
  const refunded = fromStripe(charge.amount_refunded, charge.currency)
  const agrees = (known: KnownPayment) =>
    known.refundedMinor === refunded.amountMinor && (known.disputes > 0 || !charge.disputed)
  const now = agrees(payment) ? payment : await repair(run, payment, agrees)
  if (now.refundedMinor !== refunded.amountMinor)
    await tell(run, { kind: 'refunds_differ', ...about, expected: refunded, foundMinor: now.refundedMinor })
  if (charge.disputed && now.disputes === 0)
    await tell(run, { kind: 'disputes_differ', ...about, expected, foundMinor: 0 })
}

/** Write down what the processor says of a payment; the payment as it is then. */
async function repair(
  run: Comparison,
  payment: KnownPayment,
  isRight: (after: KnownPayment) => boolean,
): Promise<KnownPayment> {
  await settlePayment(run.tools, run.organizationId, payment.orderId)
  const [after = payment] = await selectPaymentsOfIntents(run.db, [payment.intentId])
  if (isRight(after)) run.counts.repaired += 1
  return after
}

/**
 * Refunds and disputes of older charges, as the processor lists them. `settlePayment` writes down whatever it finds, so it
 * is enough to have it look where one is not known, or not so.
 */
export async function compareAfterwards(
  run: Comparison,
  kind: 'refunds' | 'disputes',
  objects: readonly (Stripe.Refund | Stripe.Dispute)[],
  isKnown: (db: Queryable, objects: readonly (Stripe.Refund | Stripe.Dispute)[]) => Promise<Set<string>>,
): Promise<void> {
  const intents = objects.flatMap(object => intentOf(object) ?? [])
  const payments = new Map((await selectPaymentsOfIntents(run.db, intents)).map(one => [one.intentId, one]))
  const ours = objects.filter(object => payments.has(intentOf(object) ?? ''))
  run.counts[kind] += ours.length
  const known = await isKnown(run.db, ours)
  const unknown = ours.filter(({ id }) => !known.has(id))
  for (const object of unknown) {
    const payment = payments.get(intentOf(object) ?? '')
    if (payment) await settlePayment(run.tools, run.organizationId, payment.orderId)
  }
  const after = await isKnown(run.db, unknown)
  run.counts.repaired += after.size
  for (const object of unknown.filter(({ id }) => !after.has(id))) {
    const payment = payments.get(intentOf(object) ?? '')
    await tell(run, {
      kind: kind === 'refunds' ? 'refunds_differ' : 'disputes_differ',
      orderId: payment?.orderId ?? null,
      reference: object.id,
      aboutAt: timeOf(object.created),
      expected: fromStripe(object.amount, object.currency),
      foundMinor: 0,
    })
  }
}

/** The order of something that the processor does not have, so that a person finds it. */
export async function tell(run: Comparison, seen: Seen): Promise<void> {
  const order = seen.orderId === null ? null : await selectOptionalOrder(run.db, seen.orderId)
  await upsertDifference(run.db, { ...seen, orderId: order?.id ?? null })
}
