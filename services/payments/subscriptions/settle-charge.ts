import { leaveProcess } from '@azora/kit/context.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Stripe } from 'stripe'
import { customerOf } from '../cards/customer.ts'
import { savedCardOf } from '../cards/settle-card-setup.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { feeOf, hasFailed } from '../orders/settle-order.ts'
import { fromStripe, isExact, mostIn, toStripe } from '../stripe/stripe-amounts.ts'
import { askStripe, declineOf, isMissing, isNotTaken } from '../stripe/stripe-door.ts'
import { selectOptionalBill } from './bills.store.ts'
import { type Charge, selectOptionalCharge, updateAsked } from './charges.store.ts'
import { schoolDay } from './school-day.ts'
import { type Stored, selectOptionalSubscription } from './subscriptions.store.ts'
import { takeDeclined, takeExpired, takePaid, takeUnopened, tooSmall } from './take-charge.ts'

/** A page that was never opened can no longer be used after this: Stripe takes none that ends within 30 minutes. */
const openedByMinutes = 35

/** What everything that is made at Stripe for a charge carries, so that what Stripe tells finds it. */
export const chargeMark = (organizationId: string, chargeId: string) => ({
  azora_organization: organizationId,
  azora_charge: chargeId,
})

/**
 * Ask Stripe how a try to be paid stands, or for it where it is to be charged, and write down what it has come to. The
 * webhook's job asks, the page of its owner and the sweep; however often, it is charged and written once: the charge's id
 * is the key at Stripe, and only an open charge changes.
 *
 * @throws AppError `not_found`; `unavailable` while Stripe does not answer.
 */
export async function settleCharge(
  tools: OrderTools,
  organizationId: string,
  chargeId: string,
  now = new Date(),
): Promise<void> {
  const school = tools.db.in(organizationId)
  const charge = await selectOptionalCharge(school, chargeId)
  if (!charge) throw new AppError('not_found')
  const stored = await selectOptionalSubscription(school, charge.subscriptionId)
  if (charge.status !== 'open' || !stored) return
  const again = charge.askedAt !== null
  await updateAsked(school, chargeId)
  const day = await schoolDay(school, now)
  const end = () => school.transaction(tx => takeExpired(tx, charge))
  if (stored.sandbox !== tools.stripe.sandbox) {
    // Who was here when it was begun cannot be asked any more. Of the sandbox's money nothing is lost; a payment to
    // Stripe may have been made, so it waits until Stripe is back.
    if (stored.sandbox) await end()
    return
  }
  if (charge.kind === 'page' && charge.stripeSessionId === null) {
    const left = Date.parse(charge.expiresAt ?? charge.createdAt) - now.getTime()
    if (left < openedByMinutes * 60_000) await school.transaction(tx => takeUnopened(tx, charge))
    return
  }
  await leaveProcess('Asking how a payment stands')
  const stripe = await tools.stripe.open()
  const told =
    charge.kind === 'page'
      ? await askPage(stripe, charge)
      : await askCard(tools, stripe, organizationId, { charge, stored, again })
  await school.transaction(async tx => {
    if (told.is === 'expired') await takeExpired(tx, charge)
    if (told.is === 'declined') await takeDeclined(tx, charge, told, { now, day })
    if (told.is === 'paid') {
      const bill = await selectOptionalBill(tx, charge.billId)
      const { intent } = told
      const came = fromStripe(intent.amount_received, intent.currency)
      if (!bill || came.amountMinor !== bill.dueMinor || came.currency !== bill.currency)
        throw new Error(`Charge ${chargeId} was paid with something else than its bill asks for.`)
      await takePaid(tx, charge, paidOf(intent, bill.currency), { now, day })
    }
  })
  if (told.is === 'paid') tools.onPaid()
}

type Told =
  | { is: 'waits' | 'expired' }
  | { is: 'paid'; intent: Stripe.PaymentIntent }
  | { is: 'declined'; paymentIntentId: string | null; declineCode: string }

function paidOf(intent: Stripe.PaymentIntent, currency: string) {
  const { latest_charge: latest, payment_method: method } = intent
  const charge = latest && typeof latest !== 'string' ? latest : null
  return {
    paymentIntentId: intent.id,
    fee: feeOf(charge, currency),
    paidAt: new Date((charge?.created ?? intent.created) * 1000).toISOString(),
    card: method && typeof method !== 'string' ? savedCardOf(method) : null,
  }
}

async function askPage(stripe: Stripe, { stripeSessionId }: Charge): Promise<Told> {
  const session = await askStripe(() =>
    stripe.checkout.sessions.retrieve(stripeSessionId ?? '', {
      expand: ['payment_intent.latest_charge.balance_transaction', 'payment_intent.payment_method'],
    }),
  )
  const { payment_intent: intent } = session
  if (session.payment_status === 'paid' && intent && typeof intent !== 'string') return { is: 'paid', intent }
  return { is: session.status === 'expired' || hasFailed(session) ? 'expired' : 'waits' }
}

/** Whatever card is tried, Stripe never takes that amount. */
const never = (declineCode: string): Told => ({ is: 'declined', paymentIntentId: null, declineCode })

const expand = ['latest_charge.balance_transaction']

/**
 * The payment by a saved card, made now unless it is there. Stripe forgets keys after some days, so what was asked for
 * before is looked for by our own mark first.
 */
async function askCard(
  tools: OrderTools,
  stripe: Stripe,
  organizationId: string,
  { charge, stored, again }: { charge: Charge; stored: Stored; again: boolean },
): Promise<Told> {
  const { ownerId } = stored
  const bill = await selectOptionalBill(tools.db.in(organizationId), charge.billId)
  if (!ownerId) {
    // What was taken before they were erased has come; nothing is taken after it.
    const found = again ? await askStripe(() => intentSince(stripe, charge)) : null
    return found ? answerOf(found) : { is: 'expired' }
  }
  if (!bill || !charge.stripePaymentMethodId) return { is: 'expired' }
  const customer = await customerOf(tools, organizationId, ownerId)
  if (again) {
    const found = await askStripe(() => intentOf(stripe, customer, charge.id))
    if (found) return answerOf(found)
  }
  const due = { amountMinor: bill.dueMinor, currency: bill.currency }
  if (!isExact(due)) return never('amount_not_taken')
  const { amount, currency } = toStripe(due)
  const payment_method = charge.stripePaymentMethodId
  try {
    const intent = await askStripe(() =>
      stripe.paymentIntents.create(
        {
          amount,
          currency,
          customer,
          payment_method,
          off_session: true,
          confirm: true,
          capture_method: 'automatic',
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          metadata: chargeMark(organizationId, charge.id),
          expand,
        },
        { idempotencyKey: `charge-${charge.id}` },
      ),
    )
    return answerOf(intent)
  } catch (failure) {
    const decline = declineOf(failure)
    if (decline) return { is: 'declined', ...decline }
    if (isNotTaken(failure))
      return due.amountMinor <= mostIn(bill.currency).amountMinor
        ? never(tooSmall)
        : never('amount_not_taken')
    // The card was taken away at Stripe: it is as if there were none.
    if (isMissing(failure)) return { is: 'declined', paymentIntentId: null, declineCode: 'no_card' }
    throw failure
  }
}

async function intentOf(
  stripe: Stripe,
  customer: string,
  chargeId: string,
): Promise<Stripe.PaymentIntent | null> {
  for await (const made of stripe.paymentIntents.list({ customer, limit: 100 }))
    if (made.metadata.azora_charge === chargeId) return stripe.paymentIntents.retrieve(made.id, { expand })
  return null
}

/** The same without a customer, who is forgotten: of all that was asked for since then. */
async function intentSince(
  stripe: Stripe,
  { id, askedAt, createdAt }: Charge,
): Promise<Stripe.PaymentIntent | null> {
  // Whatever the processor's clock says.
  const gte = Math.floor(Date.parse(askedAt ?? createdAt) / 1000) - 3600
  for await (const made of stripe.paymentIntents.list({ created: { gte }, limit: 100 }))
    if (made.metadata.azora_charge === id) return stripe.paymentIntents.retrieve(made.id, { expand })
  return null
}

function answerOf(intent: Stripe.PaymentIntent): Told {
  if (intent.status === 'succeeded') return { is: 'paid', intent }
  if (intent.status === 'processing') return { is: 'waits' }
  const { decline_code: decline, code } = intent.last_payment_error ?? {}
  // Its owner is asked for more: nobody is there to answer.
  const declineCode =
    decline ?? code ?? (intent.status === 'requires_action' ? 'authentication_required' : 'generic_decline')
  return { is: 'declined', paymentIntentId: intent.id, declineCode }
}
