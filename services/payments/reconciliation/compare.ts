import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import { settlePaidCharge } from '../charges/settle-paid-charge.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { settlePayment } from '../stripe/settle-payment.ts'
import { fromStripe } from '../stripe/stripe-amounts.ts'
import { selectOptionalCharge } from '../subscriptions/charges.store.ts'
import { settleCharge } from '../subscriptions/settle-charge.ts'
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
  run.counts.charges += listed.length
  const known = await paymentsOf(run.db, listed)
  for (const charge of listed) {
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
  const about = await askAbout(run, charge.metadata)
  const [payment] = await selectPaymentsOfIntents(run.db, [intentId])
  if (payment) {
    run.counts.repaired += 1
    return payment
  }
  await tell(run, {
    kind: about ? 'order_not_paid' : 'unknown_order',
    orderId: about?.orderId ?? null,
    subscriptionId: about?.subscriptionId ?? null,
    reference: charge.id,
    aboutAt: timeOf(charge.created),
    expected: fromStripe(charge.amount, charge.currency),
    foundMinor: 0,
  })
  return null
}

/** What a charge is marked with, asked about; null where that is not here. */
async function askAbout(
  { tools, organizationId, db }: Comparison,
  { azora_charge: chargeId, azora_order: orderId = '' }: Stripe.Metadata,
): Promise<Pick<Seen, 'orderId' | 'subscriptionId'> | null> {
  try {
    if (chargeId === undefined) {
      const { id } = await settleOrder(tools, organizationId, orderId)
      return { orderId: id, subscriptionId: null }
    }
    await settleCharge(tools, organizationId, chargeId)
    const charge = await selectOptionalCharge(db, chargeId)
    return { orderId: null, subscriptionId: charge?.subscriptionId ?? null }
  } catch (failure) {
    if (failure instanceof AppError && failure.code === 'not_found') return null
    throw failure
  }
}

async function compareCharge(run: Comparison, charge: Stripe.Charge, payment: KnownPayment): Promise<void> {
  const { orderId, subscriptionId } = payment
  const about = { orderId, subscriptionId, reference: charge.id, aboutAt: timeOf(charge.created) }
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

async function settleWhatBecame(
  { tools, organizationId }: Comparison,
  { orderId, chargeId }: KnownPayment,
): Promise<void> {
  if (chargeId !== null) await settlePaidCharge(tools, organizationId, chargeId)
  else if (orderId !== null) await settlePayment(tools, organizationId, orderId)
}

/** Write down what the processor says of a payment; the payment as it is then. */
async function repair(
  run: Comparison,
  payment: KnownPayment,
  isRight: (after: KnownPayment) => boolean,
): Promise<KnownPayment> {
  await settleWhatBecame(run, payment)
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
    if (payment) await settleWhatBecame(run, payment)
  }
  const after = await isKnown(run.db, unknown)
  run.counts.repaired += after.size
  for (const object of unknown.filter(({ id }) => !after.has(id))) {
    const payment = payments.get(intentOf(object) ?? '')
    await tell(run, {
      kind: kind === 'refunds' ? 'refunds_differ' : 'disputes_differ',
      orderId: payment?.orderId ?? null,
      subscriptionId: payment?.subscriptionId ?? null,
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
