import { leaveProcess } from '@azora/kit/context.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { customerOf } from '../cards/customer.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { isExact, toStripe } from '../stripe/stripe-amounts.ts'
import { askStripe, isNotTaken } from '../stripe/stripe-door.ts'
import { type Bill, selectOpenBills, selectOptionalBill } from './bills.store.ts'
import {
  type Charge,
  insertOptionalCharge,
  selectOptionalCharge,
  selectOptionalOpenCharge,
  updatePage,
} from './charges.store.ts'
import { chargeMark, settleCharge } from './settle-charge.ts'
import { lockOptionalSubscription, selectOptionalSubscription } from './subscriptions.store.ts'
import { takeUnopened } from './take-charge.ts'

/** How long a page stays open. Stripe keeps one for at least half an hour, and a day at most. */
const openMinutes = 60

/**
 * The page on which the owner of a subscription pays what is missing, the oldest bill first; it asks for what their bank
 * wants to know, and keeps the card for later. A try by the saved card that is under way ends first.
 *
 * @throws AppError `conflict` where nothing is missing, a payment is under way, or the amount is never taken;
 * `unavailable` while Stripe does not answer.
 */
export async function openPayPage(
  tools: OrderTools,
  organizationId: string,
  subscriptionId: string,
  returnPath: string,
): Promise<Charge & { checkoutUrl: string }> {
  const school = tools.db.in(organizationId)
  const [first] = await selectOpenBills(school, subscriptionId)
  const busy = first && (await selectOptionalOpenCharge(school, first.id))
  if (busy && (busy.kind === 'card' || ended(busy))) await settleCharge(tools, organizationId, busy.id)
  const chargeId = await school.transaction(async tx => {
    if (!(await lockOptionalSubscription(tx, subscriptionId))) throw new AppError('not_found')
    const [bill] = await selectOpenBills(tx, subscriptionId)
    if (!bill) throw refusal('nothing_to_pay')
    const open = await selectOptionalOpenCharge(tx, bill.id)
    if (open?.kind === 'card') throw refusal('charge_under_way')
    if (open) return open.id
    const id = uuidv7()
    const expiresAt = new Date(Date.now() + openMinutes * 60_000).toISOString()
    const page = { id, billId: bill.id, kind: 'page', stripePaymentMethodId: null, expiresAt } as const
    await insertOptionalCharge(tx, page)
    return id
  })
  return withPage(tools, organizationId, chargeId, returnPath)
}

const ended = ({ expiresAt }: Charge) => expiresAt !== null && Date.parse(expiresAt) < Date.now()

/** The charge with its page at Stripe, made now where there is none. */
async function withPage(
  tools: OrderTools,
  organizationId: string,
  chargeId: string,
  returnPath: string,
): Promise<Charge & { checkoutUrl: string }> {
  const school = tools.db.in(organizationId)
  const charge = await requireCharge(tools, organizationId, chargeId)
  if (charge.checkoutUrl) return { ...charge, checkoutUrl: charge.checkoutUrl }
  const bill = await selectOptionalBill(school, charge.billId)
  const stored = await selectOptionalSubscription(school, charge.subscriptionId)
  if (!bill || !stored?.ownerId || stored.sandbox !== tools.stripe.sandbox) throw new AppError('not_found')
  const customer = await customerOf(tools, organizationId, stored.ownerId)
  const { id, url } = await makeSession(tools, organizationId, { charge, bill, customer, returnPath }).catch(
    async failure => {
      // Until it ended, nothing else could be tried.
      if (isNotTaken(failure)) await school.transaction(tx => takeUnopened(tx, charge))
      throw failure
    },
  )
  await updatePage(school, charge.id, { sessionId: id, url })
  const kept = await requireCharge(tools, organizationId, chargeId)
  if (kept.status === 'open' && kept.checkoutUrl) return { ...kept, checkoutUrl: kept.checkoutUrl }
  // It ended while its page was made: what is paid there would be noticed by nobody.
  await endPage(tools, id, stored.sandbox)
  throw refusal('charge_under_way')
}

/** Nobody pays on a page any more. */
export async function endPage(tools: OrderTools, sessionId: string | null, sandbox: boolean): Promise<void> {
  if (!sessionId || sandbox !== tools.stripe.sandbox) return
  await leaveProcess('Ending a checkout')
  const stripe = await tools.stripe.open()
  // Refused where it was paid or has ended by itself; what it has come to is asked for next.
  await stripe.checkout.sessions.expire(sessionId).catch(() => {})
}

async function makeSession(
  tools: OrderTools,
  organizationId: string,
  {
    charge,
    bill,
    customer,
    returnPath,
  }: { charge: Charge; bill: Bill; customer: string; returnPath: string },
): Promise<{ id: string; url: string }> {
  const due = { amountMinor: bill.dueMinor, currency: bill.currency }
  if (!isExact(due)) throw refusal('amount_not_taken')
  await leaveProcess('Opening a page on which a subscription is paid')
  const stripe = await tools.stripe.open()
  const { amount, currency } = toStripe(due)
  const metadata = chargeMark(organizationId, charge.id)
  const page = `${tools.publicUrl}${returnPath}`
  const name = bill.pricing.descriptions[0] || 'Subscription'
  const session = await askStripe(() =>
    stripe.checkout.sessions.create(
      {
        mode: 'payment',
        customer,
        client_reference_id: charge.id,
        line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name } } }],
        metadata,
        payment_intent_data: {
          metadata,
          capture_method: 'automatic',
          // The next periods are charged to the same card, without its owner.
          setup_future_usage: 'off_session',
        },
        expires_at: Math.floor(Date.parse(charge.expiresAt ?? charge.createdAt) / 1000),
        success_url: `${page}?paid`,
        cancel_url: page,
      },
      { idempotencyKey: `charge-${charge.id}` },
    ),
  )
  if (!session.url) throw new Error(`Stripe opened session ${session.id} without an address.`)
  return { id: session.id, url: session.url }
}

async function requireCharge(tools: OrderTools, organizationId: string, chargeId: string): Promise<Charge> {
  const charge = await selectOptionalCharge(tools.db.in(organizationId), chargeId)
  if (!charge) throw new AppError('not_found')
  return charge
}
