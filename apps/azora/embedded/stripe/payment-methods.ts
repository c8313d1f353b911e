import { createHash } from 'node:crypto'
import type { Stripe } from 'stripe'
import { z } from 'zod'
import { cardOfName, cardOfNumber, type Decline, type TestCard } from './cards.ts'
import { emit, save } from './emit.ts'
import { invalid, missing, StripeFailure } from './failure.ts'
import { list } from './lists.ts'
import { newId } from './objects.ts'
import { address, id, integer, mergeMetadata, metadata, optionalText, pageShape } from './params.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

const billingDetails = z.strictObject({
  address: z.union([z.literal('').transform(() => null), address]).optional(),
  email: optionalText,
  name: optionalText,
  phone: optionalText,
})
type BillingDetails = z.output<typeof billingDetails>

// A card is named by a token. Numbers are typed on the sandbox's own pages, as with Stripe on Stripe's.
const cardShape = z.strictObject({ token: id })
export const paymentMethodData = z.strictObject({
  type: z.enum(['card']),
  card: cardShape,
  billing_details: billingDetails.optional(),
  metadata: metadata.optional(),
})

type Expiry = { month: number; year: number }
type Extra = { expiry?: Expiry; billing?: BillingDetails | undefined; metadata?: Stripe.Metadata }

/** A payment method of a test card, kept. */
export function makePaymentMethod(work: Work, card: TestCard, extra: Extra = {}): Stripe.PaymentMethod {
  const { billing } = extra
  const made: Stripe.PaymentMethod = {
    id: newId('payment_method'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
      address: billing?.address ?? {
        city: null,
        country: null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: billing?.email ?? null,
      name: billing?.name ?? null,
      phone: billing?.phone ?? null,
      tax_id: null,
    },
    card: cardDetails(
      card,
      extra.expiry ?? { month: 12, year: new Date(work.now * 1000).getUTCFullYear() + 2 },
    ),
    created: work.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: extra.metadata ?? {},
    type: 'card',
  }
  work.store.put('payment_method', made, { cardNumber: card.number })
  return made
}

function cardDetails(card: TestCard, expiry: Expiry): Stripe.PaymentMethod.Card {
  return {
    brand: card.brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: card.cvcCheck ?? 'pass',
    },
    country: 'US',
    display_brand: card.brand,
    exp_month: expiry.month,
    exp_year: expiry.year,
    fingerprint: createHash('sha256').update(card.number).digest('base64url').slice(0, 16),
    funding: card.funding,
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: card.brand !== 'amex' },
    wallet: null,
  }
}

/** The test card behind a payment method. */
export function cardBehind(work: Work, method: Stripe.PaymentMethod): TestCard {
  const card = cardOfNumber(work.store.hidden(method.id).cardNumber ?? '')
  if (!card) throw new Error(`The payment method ${method.id} has no card.`)
  return card
}

/** What a parameter names: one that is kept, or a new one of the test card that `pm_card_…` stands for. */
export function paymentMethodNamed(work: Work, name: string, param = 'payment_method'): Stripe.PaymentMethod {
  const card = cardOfName(name)
  return card ? makePaymentMethod(work, card) : need(work, 'payment_method', name, param)
}

export function paymentMethodOf(work: Work, data: z.output<typeof paymentMethodData>): Stripe.PaymentMethod {
  const card = cardOfName(data.card.token)
  if (!card) {
    throw new StripeFailure(404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `No such token: '${data.card.token}'`,
      param: 'card[token]',
    })
  }
  return makePaymentMethod(work, card, {
    billing: data.billing_details,
    metadata: mergeMetadata(null, data.metadata),
  })
}

/** A refusal by the card. */
export function declined(
  decline: Decline,
  more: Partial<StripeFailure['body']> = {},
  keeps = false,
): StripeFailure {
  return new StripeFailure(402, { type: 'card_error', ...decline, ...more }, keeps)
}

/** Keep a payment method for a customer. @throws StripeFailure where the card is refused, or is another's. */
export function attach(work: Work, method: Stripe.PaymentMethod, customer: string): Stripe.PaymentMethod {
  need(work, 'customer', customer, 'customer')
  if (method.customer === customer) return method
  if (method.customer !== null)
    throw invalid('The payment method you provided has already been attached to a customer.', {
      param: 'payment_method',
      code: 'payment_method_unexpected_state',
    })
  const { declines } = cardBehind(work, method)
  if (declines) throw declined(declines)
  return save(work, 'payment_method', { ...method, customer }, 'payment_method.attached')
}

export const paymentMethodRoutes = [
  route(
    'POST',
    '/v1/payment_methods',
    taking<Stripe.PaymentMethodCreateParams>()({
      type: z.enum(['card']),
      card: z.looseObject({ token: id.optional() }),
      billing_details: billingDetails.optional(),
      metadata: metadata.optional(),
    }),
    (work, { card, ...rest }) => {
      if (!card.token)
        throw new StripeFailure(402, {
          type: 'invalid_request_error',
          message:
            'Sending credit card numbers directly to the API is generally unsafe. Name a test card by its token, such as card[token]=tok_visa.',
          param: 'card',
        })
      return paymentMethodOf(work, { ...rest, card: { token: card.token } })
    },
  ),
  route(
    'GET',
    '/v1/payment_methods',
    taking<Stripe.PaymentMethodListParams>()({
      ...pageShape,
      customer: id.optional(),
      type: z.string().optional(),
    }),
    (work, params): Stripe.ApiList<Stripe.PaymentMethod> => {
      if (!params.customer) return { object: 'list', data: [], has_more: false, url: '/v1/payment_methods' }
      need(work, 'customer', params.customer, 'customer')
      const { customer, type } = params
      return list(work, 'payment_method', '/v1/payment_methods', params, { customer, type: type ?? null })
    },
  ),
  route('GET', '/v1/payment_methods/:id', {}, (work, _params, name) =>
    paymentMethodNamed(work, name, 'payment_method'),
  ),
  route(
    'POST',
    '/v1/payment_methods/:id',
    taking<Stripe.PaymentMethodUpdateParams>()({
      billing_details: billingDetails.optional(),
      card: z.strictObject({ exp_month: integer.optional(), exp_year: integer.optional() }).optional(),
      metadata: metadata.optional(),
    }),
    (work, params, name): Stripe.PaymentMethod => {
      const known = need(work, 'payment_method', name, 'payment_method')
      if (known.customer === null)
        throw invalid('You must save this PaymentMethod to a customer before you can update it.')
      const { card } = params
      const changed: Stripe.PaymentMethod = {
        ...known,
        billing_details: {
          ...known.billing_details,
          ...params.billing_details,
        } as Stripe.PaymentMethod.BillingDetails,
        metadata: mergeMetadata(known.metadata, params.metadata),
      }
      if (known.card && card)
        changed.card = {
          ...known.card,
          exp_month: card.exp_month ?? known.card.exp_month,
          exp_year: card.exp_year ?? known.card.exp_year,
        }
      return save(work, 'payment_method', changed, 'payment_method.updated')
    },
  ),
  route('POST', '/v1/payment_methods/:id/attach', { customer: id }, (work, { customer }, name) =>
    attach(work, paymentMethodNamed(work, name), customer),
  ),
  route('POST', '/v1/payment_methods/:id/detach', {}, (work, _params, name): Stripe.PaymentMethod => {
    const known = need(work, 'payment_method', name, 'payment_method')
    if (known.customer === null)
      throw invalid(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
        {
          param: 'payment_method',
        },
      )
    const detached = { ...known, customer: null }
    work.store.put('payment_method', detached, { setUp: false })
    emit(work, 'payment_method.detached', detached)
    return detached
  }),
  route(
    'GET',
    '/v1/customers/:customer/payment_methods',
    taking<Stripe.CustomerListPaymentMethodsParams>()({ ...pageShape, type: z.string().optional() }),
    (work, params, customer): Stripe.ApiList<Stripe.PaymentMethod> => {
      need(work, 'customer', customer, 'customer')
      const url = `/v1/customers/${customer}/payment_methods`
      return list(work, 'payment_method', url, params, { customer, type: params.type ?? null })
    },
  ),
  route('GET', '/v1/customers/:customer/payment_methods/:id', {}, (work, _params, customer, name) => {
    need(work, 'customer', customer, 'customer')
    const found = need(work, 'payment_method', name, 'payment_method')
    if (found.customer !== customer) throw missing('payment_method', name, 'payment_method')
    return found
  }),
]
