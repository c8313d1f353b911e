import type { Stripe } from 'stripe'
import { authenticationRequired, type Decline, type TestCard } from './cards.ts'
import { chargeCard } from './charges.ts'
import { emit, save } from './emit.ts'
import { invalid } from './failure.ts'
import { idOf, randomText } from './objects.ts'
import { attach, cardBehind, declined } from './payment-methods.ts'
import { need, type Work } from './work.ts'

/**
 * What happens when a payment is confirmed: its owner is asked by 3-D Secure or not, the card is charged or refuses.
 * The states are Stripe's: https://docs.stripe.com/payments/paymentintents/lifecycle
 */
export type Confirming = {
  /** Without the card's owner. */
  offSession: boolean
  returnUrl: string | null
  errorOnAction: boolean
}

const authenticationFailed: Decline = {
  code: 'payment_intent_authentication_failure',
  message:
    'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
}

/** Whether the card's owner must be asked, and whether they can be. */
function asks(work: Work, method: Stripe.PaymentMethod, card: TestCard, offSession: boolean): boolean {
  if (!card.authentication) return false
  if (!offSession || card.authentication === 'always') return true
  return card.authentication === 'unless_set_up' && !work.store.hidden(method.id).setUp
}

/** @throws StripeFailure when the card refuses; what came of it stays. */
export function confirm(
  work: Work,
  intent: Stripe.PaymentIntent,
  confirming: Confirming,
): Stripe.PaymentIntent {
  const method = methodOf(work, intent)
  const card = cardBehind(work, method)
  const { offSession, returnUrl } = confirming
  if (asks(work, method, card, offSession)) {
    if (offSession || confirming.errorOnAction) return refuse(work, intent, method, authenticationRequired)
    const challenge = randomText(40)
    const waiting: Stripe.PaymentIntent = {
      ...intent,
      status: 'requires_action',
      last_payment_error: null,
      next_action: nextAction(work, challenge, returnUrl),
    }
    work.store.put('payment_intent', waiting, { challenge, ...(returnUrl ? { returnUrl } : {}) })
    emit(work, 'payment_intent.requires_action', waiting)
    return waiting
  }
  return charge(work, intent, method, { authenticated: false })
}

/** Where the card's owner is asked. Without an address to come back to, Stripe leaves it to its script in the page. */
export function nextAction(
  work: Work,
  challenge: string,
  returnUrl: string | null,
): Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction {
  const url = `${work.pagesUrl}/3ds/${challenge}`
  return returnUrl
    ? { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } }
    : { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
}

/** The card's owner has been asked. @throws StripeFailure as `confirm` does. */
export function authenticated(
  work: Work,
  intent: Stripe.PaymentIntent,
  agreed: boolean,
): Stripe.PaymentIntent {
  const method = methodOf(work, intent)
  const answered = { ...intent, next_action: null }
  work.store.put('payment_intent', answered, { challenge: null })
  return agreed
    ? charge(work, answered, method, { authenticated: true })
    : refuse(work, answered, method, authenticationFailed)
}

function methodOf(work: Work, intent: Stripe.PaymentIntent): Stripe.PaymentMethod {
  const name = idOf(intent.payment_method)
  if (!name) {
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      { code: 'payment_intent_unexpected_state' },
    )
  }
  const method = need(work, 'payment_method', name, 'payment_method')
  const owner = idOf(method.customer)
  if (owner && owner !== idOf(intent.customer)) {
    throw invalid(
      'The provided PaymentMethod cannot be attached. To reuse a PaymentMethod, you must attach it to a Customer first and name that customer in the payment.',
      { param: 'payment_method' },
    )
  }
  return method
}

function charge(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  { authenticated }: { authenticated: boolean },
): Stripe.PaymentIntent {
  const card = cardBehind(work, method)
  const decline = card.declines ?? card.declinesCharges ?? null
  const made = chargeCard(work, { intent, method, card, authenticated, decline })
  if (decline) return refuse(work, { ...intent, latest_charge: made.id }, method, decline, made.id)
  const later = intent.capture_method === 'manual'
  const paid: Stripe.PaymentIntent = {
    ...intent,
    latest_charge: made.id,
    last_payment_error: null,
    next_action: null,
    status: later ? 'requires_capture' : 'succeeded',
    amount_capturable: later ? intent.amount : 0,
    amount_received: later ? 0 : intent.amount,
  }
  save(
    work,
    'payment_intent',
    paid,
    later ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded',
  )
  keepForLater(work, paid, method, authenticated)
  return paid
}

/** The payment needs another card; the charge that failed stays. */
function refuse(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
  chargeId?: string,
): never {
  const failed: Stripe.PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: {
      type: decline === authenticationFailed ? 'invalid_request_error' : 'card_error',
      ...decline,
      ...(chargeId ? { charge: chargeId } : {}),
      payment_method: method,
    },
  }
  save(work, 'payment_intent', failed, 'payment_intent.payment_failed')
  throw declined(
    decline,
    { ...(chargeId ? { charge: chargeId } : {}), payment_intent: failed, payment_method: method },
    true,
  )
}

/** A card that is to be used again is attached to its customer. */
function keepForLater(
  work: Work,
  paid: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  asked: boolean,
): void {
  const customer = idOf(paid.customer)
  if (!paid.setup_future_usage || !customer) return
  const kept = method.customer ? method : attach(work, method, customer)
  if (asked || !cardBehind(work, kept).authentication) work.store.put('payment_method', kept, { setUp: true })
}
