import type { Stripe } from 'stripe'
import type { TestCard } from './cards.ts'
import { emit, save } from './emit.ts'
import { StripeFailure } from './failure.ts'
import { idOf, newId } from './objects.ts'
import { authenticated, confirm } from './pay.ts'
import { makeIntent } from './payment-intents.ts'
import { makePaymentMethod } from './payment-methods.ts'
import { confirmSetup, setupAuthenticated } from './setup-intents.ts'
import { need, type Work } from './work.ts'

/** What a person typed on the page, parsed. */
export type Typed = {
  card: TestCard
  expiry: { month: number; year: number }
  name: string
  email: string
}

export type Outcome =
  | { done: Stripe.Checkout.Session }
  /** Its owner is asked for more at this address. */
  | { asks: string }
  /** In words for the person who pays. */
  | { refused: string }

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent

/** Pay, or leave the card for later. The caller made sure that the session is open. */
export function payAtCheckout(work: Work, known: Stripe.Checkout.Session, typed: Typed): Outcome {
  const method = makePaymentMethod(work, typed.card, {
    expiry: typed.expiry,
    billing: { name: typed.name, email: typed.email },
  })
  const session = withDetails(work, known, typed)
  const returnUrl = `${work.pagesUrl}/pay/${session.id}`
  return attempt(work, session, () =>
    session.mode === 'setup'
      ? confirmSetup(
          work,
          {
            ...need(work, 'setup_intent', idOf(session.setup_intent) ?? '', 'intent'),
            payment_method: method.id,
            customer: session.customer,
          },
          returnUrl,
        )
      : confirm(
          work,
          { ...intentOf(work, session), payment_method: method.id },
          { offSession: false, returnUrl, errorOnAction: false },
        ),
  )
}

/** The owner of the card was asked, for a payment of a session. */
export function answerAtCheckout(
  work: Work,
  session: Stripe.Checkout.Session,
  intent: Intent,
  agreed: boolean,
): Outcome {
  return attempt(work, session, () =>
    intent.object === 'setup_intent'
      ? setupAuthenticated(work, intent, agreed)
      : authenticated(work, intent, agreed),
  )
}

function attempt(work: Work, session: Stripe.Checkout.Session, tries: () => Intent): Outcome {
  try {
    const intent = tries()
    const asks = intent.next_action?.redirect_to_url?.url
    return asks ? { asks } : { done: complete(work, session, intent) }
  } catch (failure) {
    if (failure instanceof StripeFailure && failure.keeps) return { refused: failure.message }
    throw failure
  }
}

function withDetails(
  work: Work,
  known: Stripe.Checkout.Session,
  { name, email }: Typed,
): Stripe.Checkout.Session {
  const session: Stripe.Checkout.Session = {
    ...known,
    customer: known.customer ?? customerFor(work, known, { name, email }),
    customer_details: {
      address: null,
      business_name: null,
      email,
      individual_name: null,
      name,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
  }
  work.store.put('checkout.session', session)
  return session
}

/** A customer is made where one was asked for, or is needed because the card is kept. */
function customerFor(
  work: Work,
  session: Stripe.Checkout.Session,
  typed: { name: string; email: string },
): string | null {
  const kept = work.store.hidden(session.id).intentData?.setup_future_usage !== undefined
  if (session.customer_creation !== 'always' && !kept) return null
  const customer: Stripe.Customer = {
    id: newId('customer'),
    object: 'customer',
    address: null,
    balance: 0,
    created: work.now,
    default_source: null,
    description: null,
    email: typed.email,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: typed.name,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
  }
  return save(work, 'customer', customer, 'customer.created').id
}

/** The session's payment: made with the first attempt, and the same for all. */
function intentOf(work: Work, session: Stripe.Checkout.Session): Stripe.PaymentIntent {
  const known = idOf(session.payment_intent)
  if (known) return { ...need(work, 'payment_intent', known, 'intent'), customer: session.customer }
  const made = makeIntent(work, {
    ...work.store.hidden(session.id).intentData,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: idOf(session.customer) ?? undefined,
    allowed_payment_method_types: ['card'],
  })
  work.store.put('payment_intent', made, { session: session.id })
  emit(work, 'payment_intent.created', made)
  session.payment_intent = made.id
  work.store.put('checkout.session', session)
  return made
}

function complete(work: Work, session: Stripe.Checkout.Session, intent: Intent): Stripe.Checkout.Session {
  const done: Stripe.Checkout.Session = {
    ...session,
    status: 'complete',
    payment_status:
      session.mode === 'setup' ? 'no_payment_required' : intent.status === 'succeeded' ? 'paid' : 'unpaid',
    url: null,
  }
  return save(work, 'checkout.session', done, 'checkout.session.completed')
}

/** Where the person goes afterwards. */
export const successUrlOf = (session: Stripe.Checkout.Session): string =>
  (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
