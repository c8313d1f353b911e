import type { Stripe } from 'stripe'
import { z } from 'zod'
import { emit, save } from './emit.ts'
import { invalid } from './failure.ts'
import { lineItem, makeLineItems } from './line-items.ts'
import { list } from './lists.ts'
import { idOf, newId, randomText } from './objects.ts'
import {
  createdShape,
  currency,
  id,
  integer,
  mergeMetadata,
  metadata,
  optionalText,
  pageShape,
  text,
  url,
} from './params.ts'
import { cancelIntent } from './payment-intents.ts'
import { route, taking } from './route.ts'
import { makeSetupIntent } from './setup-intents.ts'
import { need, type Work } from './work.ts'

/** A page of the sandbox on which somebody pays, or leaves a card for later. */

const aDayS = 24 * 3600
const soonestS = 30 * 60
const largest = 99_999_999

const intentData = z.strictObject({
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
  description: optionalText,
  metadata: metadata.optional(),
  receipt_email: optionalText,
  setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
  statement_descriptor: text.max(22).optional(),
  statement_descriptor_suffix: text.max(22).optional(),
  transfer_group: text.optional(),
})

const shape = taking<Stripe.Checkout.SessionCreateParams>()({
  allowed_payment_method_types: z.array(z.enum(['card'])).optional(),
  cancel_url: url.optional(),
  client_reference_id: text.max(200).optional(),
  currency: currency.optional(),
  customer: id.optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  customer_email: text.max(512).optional(),
  expires_at: integer.optional(),
  line_items: z.array(lineItem).min(1).max(100).optional(),
  locale: text.max(10).optional(),
  metadata: metadata.optional(),
  mode: z.enum(['payment', 'setup']),
  payment_intent_data: intentData.optional(),
  setup_intent_data: z.strictObject({ description: optionalText, metadata: metadata.optional() }).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  success_url: url,
  ui_mode: z.enum(['hosted_page']).optional(),
})
type Given = z.output<z.ZodObject<typeof shape>>

/** @throws StripeFailure where the parameters do not go together. */
function check(work: Work, given: Given): void {
  const payment = given.mode === 'payment'
  if (payment && !given.line_items)
    throw invalid('You must provide line_items in payment mode.', {
      param: 'line_items',
      code: 'parameter_missing',
    })
  const onlyFor = payment
    ? (['setup_intent_data'] as const)
    : (['line_items', 'payment_intent_data', 'submit_type'] as const)
  for (const param of onlyFor) {
    if (given[param]) throw invalid(`You can not pass \`${param}\` in \`${given.mode}\` mode.`, { param })
  }
  if (!payment && !given.currency)
    throw invalid('You must provide `currency` in `setup` mode.', { param: 'currency' })
  if (given.customer && given.customer_email)
    throw invalid('You may only specify one of these parameters: customer, customer_email.', {
      param: 'customer_email',
    })
  if (given.customer) need(work, 'customer', given.customer, 'customer')
  const expires = given.expires_at
  if (expires !== undefined && (expires < work.now + soonestS || expires > work.now + aDayS))
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      {
        param: 'expires_at',
      },
    )
}

function makeSession(work: Work, given: Given): Stripe.Checkout.Session {
  check(work, given)
  const name = newId('checkout.session')
  const items = makeLineItems(work, given.line_items ?? [])
  const payment = given.mode === 'payment'
  const total = items.reduce((sum, item) => sum + item.amount_total, 0)
  if (payment && total < 1)
    throw invalid('The total amount due must be more than zero.', {
      param: 'line_items',
      code: 'amount_too_small',
    })
  if (total > largest)
    throw invalid(`The total must be no more than ${largest}.`, {
      param: 'line_items',
      code: 'amount_too_large',
    })
  const setup = payment
    ? null
    : makeSetupIntent(work, { ...given.setup_intent_data, customer: given.customer })
  if (setup) {
    save(work, 'setup_intent', setup, 'setup_intent.created')
    work.store.put('setup_intent', setup, { session: name })
  }
  const session: Stripe.Checkout.Session = {
    ...unused,
    id: name,
    object: 'checkout.session',
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount_subtotal: payment ? total : null,
    amount_total: payment ? total : null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    created: work.now,
    currency: items[0]?.currency ?? given.currency ?? null,
    customer: given.customer ?? null,
    customer_creation: payment && !given.customer ? (given.customer_creation ?? 'if_required') : null,
    customer_details: null,
    customer_email: given.customer_email ?? null,
    expires_at: given.expires_at ?? work.now + aDayS,
    locale: given.locale ?? null,
    metadata: mergeMetadata(null, given.metadata),
    mode: given.mode,
    payment_intent: null,
    payment_status: payment ? 'unpaid' : 'no_payment_required',
    setup_intent: setup?.id ?? null,
    status: 'open',
    submit_type: given.submit_type ?? null,
    success_url: given.success_url,
    total_details: payment ? { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } : null,
    url: `${work.pagesUrl}/pay/${name}`,
  }
  work.store.put('checkout.session', session, {
    lineItems: items,
    intentData: given.payment_intent_data ?? {},
    formToken: randomText(32),
  })
  work.store.later({ at: session.expires_at, task: 'expire_session', id: name })
  return session
}

/** What the sandbox never asks for on its page. */
const unused = {
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_collection: 'always',
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'],
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  subscription: null,
  ui_mode: 'hosted_page',
  wallet_options: null,
} satisfies Partial<Stripe.Checkout.Session>

/** Nobody can pay here any more. */
function expire(work: Work, known: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const intent = idOf(known.payment_intent)
  if (intent) cancelIntent(work, need(work, 'payment_intent', intent, 'intent'), 'abandoned')
  const expired: Stripe.Checkout.Session = { ...known, status: 'expired', url: null }
  work.store.put('checkout.session', expired)
  emit(work, 'checkout.session.expired', expired)
  return expired
}

/** Its time is over, unless somebody has paid. */
export function expireSession(work: Work, name: string): void {
  const known = need(work, 'checkout.session', name, 'session')
  if (known.status === 'open') expire(work, known)
}

export const checkoutSessionRoutes = [
  route(
    'POST',
    '/v1/checkout/sessions',
    shape,
    (work, params): Stripe.Checkout.Session => makeSession(work, params),
  ),
  route(
    'GET',
    '/v1/checkout/sessions/:id',
    {},
    (work, _params, name): Stripe.Checkout.Session => need(work, 'checkout.session', name, 'session'),
  ),
  route(
    'POST',
    '/v1/checkout/sessions/:id',
    taking<Stripe.Checkout.SessionUpdateParams>()({ metadata: metadata.optional() }),
    (work, params, name): Stripe.Checkout.Session => {
      const known = need(work, 'checkout.session', name, 'session')
      const next = { ...known, metadata: mergeMetadata(known.metadata, params.metadata) }
      work.store.put('checkout.session', next)
      return next
    },
  ),
  route(
    'GET',
    '/v1/checkout/sessions',
    taking<Stripe.Checkout.SessionListParams>()({
      ...pageShape,
      ...createdShape,
      customer: id.optional(),
      payment_intent: id.optional(),
      status: z.enum(['open', 'complete', 'expired']).optional(),
    }),
    (work, params): Stripe.ApiList<Stripe.Checkout.Session> => {
      const { customer = null, payment_intent = null, status = null } = params
      return list(work, 'checkout.session', '/v1/checkout/sessions', params, {
        customer,
        payment_intent,
        status,
      })
    },
  ),
  route(
    'GET',
    '/v1/checkout/sessions/:id/line_items',
    taking<Stripe.Checkout.SessionListLineItemsParams>()(pageShape),
    (work, params, name): Stripe.ApiList<Stripe.LineItem> => {
      need(work, 'checkout.session', name, 'session')
      const items = work.store.hidden(name).lineItems ?? []
      const from = params.starting_after ? items.findIndex(item => item.id === params.starting_after) + 1 : 0
      const data = items.slice(from, from + (params.limit ?? 10))
      const has_more = from + data.length < items.length
      return { object: 'list', data, has_more, url: `/v1/checkout/sessions/${name}/line_items` }
    },
  ),
  route('POST', '/v1/checkout/sessions/:id/expire', {}, (work, _params, name): Stripe.Checkout.Session => {
    const known = need(work, 'checkout.session', name, 'session')
    if (known.status !== 'open')
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${known.status}.`,
      )
    return expire(work, known)
  }),
]
