import type { Stripe } from 'stripe'
import { feeOf, move } from './balance.ts'
import type { Decline, TestCard } from './cards.ts'
import { emit, save } from './emit.ts'
import { list } from './lists.ts'
import { idOf, newId } from './objects.ts'
import { createdShape, id, mergeMetadata, metadata, optionalText, pageShape } from './params.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

type Charging = {
  intent: Stripe.PaymentIntent
  method: Stripe.PaymentMethod
  card: TestCard
  /** Whether its owner was asked by 3-D Secure. */
  authenticated: boolean
  decline: Decline | null
}

// Seven days, as most cards hold an authorisation for an online payment.
const holdsForS = 7 * 24 * 3600

/** Try to charge the card of a payment; what comes of it is written down either way. */
export function chargeCard(work: Work, charging: Charging): Stripe.Charge {
  const { intent, method, card, decline } = charging
  const captured = decline === null && intent.capture_method !== 'manual'
  const charge: Stripe.Charge = {
    id: newId('charge'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor ?? 'SANDBOX',
    captured: false,
    created: work.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: decline === null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: detailsOf(work, charging) },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  }
  if (decline) return save(work, 'charge', charge, 'charge.failed')
  if (captured) settle(work, charge, card, intent.amount)
  save(work, 'charge', charge, 'charge.succeeded')
  // The bank tells of a dispute after the payment, not with it.
  if (captured && card.dispute) work.store.later({ at: work.now, task: 'open_dispute', id: charge.id })
  return charge
}

/** The money comes in. */
function settle(work: Work, charge: Stripe.Charge, card: TestCard, amount: number): void {
  const { currency, description } = charge
  charge.captured = true
  charge.amount_captured = amount
  charge.balance_transaction = move(work, {
    amount,
    currency,
    fee: feeOf(amount, currency),
    type: 'charge',
    category: 'charge',
    source: charge.id,
    description,
    atOnce: card.availableAtOnce ?? false,
  }).id
}

/** Take what was only authorised, or a part of it; what is left is let go. */
export function captureCharge(
  work: Work,
  charge: Stripe.Charge,
  card: TestCard,
  amount: number,
): Stripe.Charge {
  const captured = { ...charge, amount_refunded: charge.amount - amount }
  settle(work, captured, card, amount)
  save(work, 'charge', captured, 'charge.captured')
  if (card.dispute) work.store.later({ at: work.now, task: 'open_dispute', id: charge.id })
  return captured
}

/** Let go of what was only authorised. */
export function releaseCharge(work: Work, charge: Stripe.Charge): void {
  save(work, 'charge', { ...charge, amount_refunded: charge.amount, refunded: true }, 'charge.refunded')
}

function outcomeOf(decline: Decline | null): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline ? 'declined_by_network' : 'approved_by_network',
    reason: decline ? (decline.decline_code ?? decline.code) : null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: decline
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: decline ? 'issuer_declined' : 'authorized',
  }
}

function detailsOf(work: Work, charging: Charging): Stripe.Charge.PaymentMethodDetails.Card {
  const { intent, method, card, authenticated, decline } = charging
  const shown = method.card as Stripe.PaymentMethod.Card
  return {
    amount_authorized: decline ? null : intent.amount,
    authorization_code: null,
    brand: shown.brand,
    ...(intent.capture_method === 'manual' ? { capture_before: work.now + holdsForS } : {}),
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: card.cvcCheck ?? (decline?.code === 'incorrect_cvc' ? 'fail' : 'pass'),
    },
    country: shown.country,
    electronic_commerce_indicator: null,
    exp_month: shown.exp_month,
    exp_year: shown.exp_year,
    fingerprint: shown.fingerprint ?? null,
    funding: shown.funding,
    installments: null,
    last4: shown.last4,
    mandate: null,
    network: shown.brand,
    network_token: { used: false },
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: authenticated
      ? {
          authentication_flow: 'challenge',
          electronic_commerce_indicator: '05',
          exemption_indicator: null,
          result: 'authenticated',
          result_reason: null,
          transaction_id: null,
          version: '2.2.0',
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  }
}

export const chargeRoutes = [
  route(
    'GET',
    '/v1/charges/:id',
    {},
    (work, _params, name): Stripe.Charge => need(work, 'charge', name, 'id'),
  ),
  route(
    'GET',
    '/v1/charges',
    taking<Stripe.ChargeListParams>()({
      ...pageShape,
      ...createdShape,
      customer: id.optional(),
      payment_intent: id.optional(),
    }),
    (work, params): Stripe.ApiList<Stripe.Charge> => {
      const { customer = null, payment_intent = null } = params
      return list(work, 'charge', '/v1/charges', params, { customer, payment_intent })
    },
  ),
  route(
    'POST',
    '/v1/charges/:id',
    taking<Stripe.ChargeUpdateParams>()({
      description: optionalText,
      metadata: metadata.optional(),
      receipt_email: optionalText,
    }),
    (work, params, name): Stripe.Charge => {
      const known = need(work, 'charge', name, 'id')
      const { description = known.description, receipt_email = known.receipt_email } = params
      const changed = {
        ...known,
        description,
        receipt_email,
        metadata: mergeMetadata(known.metadata, params.metadata),
      }
      work.store.put('charge', changed)
      emit(work, 'charge.updated', changed)
      return changed
    },
  ),
]

/** What may still be paid back. */
export const refundable = (charge: Stripe.Charge): number => charge.amount - charge.amount_refunded

/** The payment of a charge. */
export const intentOf = (charge: Stripe.Charge): string | null => idOf(charge.payment_intent)
