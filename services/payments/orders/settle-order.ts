import { leaveProcess } from '@azora/kit/context.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import { fromStripe } from '../stripe/stripe-amounts.ts'
import { askStripe } from '../stripe/stripe-door.ts'
import type { OrderTools } from './order-tools.ts'
import {
  type HeldOrder,
  lockOptionalOrder,
  type Order,
  selectOptionalOrder,
  updateChecked,
  updateStatus,
} from './orders.store.ts'
import { takeAsPaid } from './take-as-paid.ts'

/** An order whose session was never opened can no longer be paid after this: Stripe takes no shorter session than 30 minutes. */
const openWithinMinutes = 25

/**
 * Ask Stripe how an open order stands, and write down what it has come to. The webhook's job asks, the page of the
 * buyer and the sweep; however often, the payment is written and told once: the order is held while it is, and
 * only an open order changes.
 *
 * @param endUnopened end it also where no session of it was opened.
 * @throws AppError `not_found`; `unavailable` while Stripe does not answer.
 */
export async function settleOrder(
  tools: OrderTools,
  organizationId: string,
  orderId: string,
  { endUnopened = false }: { endUnopened?: boolean } = {},
): Promise<Order> {
  const school = tools.db.in(organizationId)
  const order = await selectOptionalOrder(school, orderId)
  if (!order) throw new AppError('not_found')
  if (order.status !== 'open') return order
  const { stripeSessionId } = order
  // Before it is asked: an order of which nothing can be learned must not keep the sweep from the others.
  await updateChecked(school, orderId)
  if (stripeSessionId === null) {
    const late = Date.now() - Date.parse(order.createdAt) > openWithinMinutes * 60_000
    if (late || endUnopened)
      await school.transaction(async tx => {
        const held = await lockOptionalOrder(tx, orderId)
        // A session that was opened since may be paid.
        if (held && mayEnd(held) && held.stripeSessionId === null) await updateStatus(tx, orderId, 'expired')
      })
  } else if (order.sandbox !== tools.stripe.sandbox) {
    // Who was here when it was opened cannot be asked any more. Of the sandbox's money nothing is lost; an order of
    // Stripe may have been paid, so it waits until Stripe is back.
    if (order.sandbox)
      await school.transaction(async tx => {
        const held = await lockOptionalOrder(tx, orderId)
        if (held && mayEnd(held)) await updateStatus(tx, orderId, 'expired')
      })
  } else {
    await leaveProcess('Asking how a checkout stands')
    const stripe = await tools.stripe.open()
    const session = await askStripe(() =>
      stripe.checkout.sessions.retrieve(stripeSessionId, {
        expand: ['payment_intent.latest_charge.balance_transaction'],
      }),
    )
    await school.transaction(tx => takeSession(tx, order, session, tools))
  }
  const settled = await selectOptionalOrder(school, orderId)
  if (!settled) throw new AppError('not_found')
  return settled
}

async function takeSession(
  tx: Transaction,
  order: Order,
  session: Stripe.Checkout.Session,
  tools: OrderTools,
): Promise<void> {
  const held = await lockOptionalOrder(tx, order.id)
  if (held?.status !== 'open') return
  if (session.payment_status === 'paid') {
    await takePayment(tx, order, session, tools)
    tx.afterCommit(tools.onPaid)
  } else if (mayEnd(held) && (session.status === 'expired' || hasFailed(session)))
    await updateStatus(tx, order.id, 'expired')
}

/** Its page is closed while it is being paid from a wallet, and that does not end it. */
const mayEnd = ({ status, walletHoldId }: HeldOrder) => status === 'open' && walletHoldId === null

/** A payment by a method that takes days, and did not come: the session stays complete and is never paid. */
export function hasFailed({ status, payment_intent: intent }: Stripe.Checkout.Session): boolean {
  if (status !== 'complete' || !intent || typeof intent === 'string') return false
  return intent.status === 'requires_payment_method' || intent.status === 'canceled'
}

async function takePayment(
  tx: Transaction,
  order: Order,
  session: Stripe.Checkout.Session,
  tools: OrderTools,
): Promise<void> {
  const { currency, totalMinor } = order
  const paid = fromStripe(session.amount_total ?? 0, session.currency ?? '')
  const intent = session.payment_intent
  if (paid.amountMinor !== totalMinor || paid.currency !== currency || !intent || typeof intent === 'string')
    throw new Error(
      `Session ${session.id} of order ${order.id} was paid with something else than it asks for.`,
    )
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge
  const processedAt = new Date((charge?.created ?? session.created) * 1000).toISOString()
  const fee = feeOf(charge, currency)
  const stripe = { paymentIntentId: intent.id, chargeId: charge?.id ?? null }
  await takeAsPaid(tx, order, { stripe, feeMinor: fee, processedAt }, tools)
}

/** What Stripe keeps of a charge, where it keeps it in the currency of the order. */
export function feeOf(charge: Stripe.Charge | null, currency: string): number | null {
  const kept = charge?.balance_transaction
  if (!kept || typeof kept === 'string') return null
  // Before it is converted, which not every currency in which Stripe settles can be.
  if (kept.currency.toUpperCase() !== currency) return null
  return fromStripe(kept.fee, kept.currency).amountMinor
}
