import type { Stripe } from 'stripe'
import { z } from 'zod'
import { captureCharge, releaseCharge } from './charges.ts'
import { emit, save } from './emit.ts'
import { invalid } from './failure.ts'
import { list } from './lists.ts'
import { idOf, newId, randomText } from './objects.ts'
import {
  amount,
  createdShape,
  currency,
  flag,
  id,
  integer,
  mergeMetadata,
  metadata,
  optionalText,
  pageShape,
  text,
  url,
} from './params.ts'
import { confirm } from './pay.ts'
import { cardBehind, paymentMethodData, paymentMethodNamed, paymentMethodOf } from './payment-methods.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

const paying = {
  allowed_payment_method_types: z.array(z.enum(['card'])).optional(),
  payment_method: id.optional(),
  payment_method_data: paymentMethodData.optional(),
  receipt_email: optionalText,
  setup_future_usage: z.enum(['', 'off_session', 'on_session']).optional(),
}
const common = {
  ...paying,
  customer: id.optional(),
  description: optionalText,
  metadata: metadata.optional(),
  statement_descriptor: text.max(22).optional(),
  statement_descriptor_suffix: text.max(22).optional(),
  transfer_group: text.optional(),
}
const confirming = {
  error_on_requires_action: flag.optional(),
  off_session: z.union([flag, z.enum(['one_off', 'recurring']).transform(() => true)]).optional(),
  return_url: url.optional(),
  use_stripe_sdk: flag.optional(),
}
const methods = {
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).optional() })
    .optional(),
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
  confirmation_method: z.enum(['automatic', 'manual']).optional(),
}
type Common = Partial<z.output<z.ZodObject<typeof common>>>
type Confirming = z.output<z.ZodObject<typeof confirming>>

export type NewIntent = Common & {
  amount: number
  currency: string
  automatic_payment_methods?:
    | { enabled: boolean; allow_redirects?: 'always' | 'never' | undefined }
    | undefined
  capture_method?: 'automatic' | 'automatic_async' | 'manual' | undefined
  confirmation_method?: 'automatic' | 'manual' | undefined
}

/** A payment that is to be made; not confirmed, and nobody told. */
export function makeIntent(work: Work, given: NewIntent): Stripe.PaymentIntent {
  const name = newId('payment_intent')
  const automatic =
    given.automatic_payment_methods ?? (given.allowed_payment_method_types ? undefined : { enabled: true })
  const made: Stripe.PaymentIntent = {
    id: name,
    object: 'payment_intent',
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automatic
      ? { enabled: automatic.enabled, allow_redirects: automatic.allow_redirects ?? 'always' }
      : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.capture_method ?? (automatic ? 'automatic_async' : 'automatic'),
    client_secret: `${name}_secret_${randomText(25)}`,
    confirmation_method: given.confirmation_method ?? 'automatic',
    created: work.now,
    currency: given.currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: given.transfer_group ?? null,
  }
  return changed(work, made, given)
}

function changed(work: Work, known: Stripe.PaymentIntent, given: Common): Stripe.PaymentIntent {
  if (given.customer) need(work, 'customer', given.customer, 'customer')
  const method = given.payment_method_data
    ? paymentMethodOf(work, given.payment_method_data).id
    : given.payment_method
      ? paymentMethodNamed(work, given.payment_method).id
      : idOf(known.payment_method)
  const usage = given.setup_future_usage
  return {
    ...known,
    customer: given.customer ?? known.customer,
    description: given.description === undefined ? known.description : given.description,
    metadata: mergeMetadata(known.metadata, given.metadata),
    payment_method: method,
    receipt_email: given.receipt_email === undefined ? known.receipt_email : given.receipt_email,
    setup_future_usage: usage === undefined ? known.setup_future_usage : usage === '' ? null : usage,
    statement_descriptor: given.statement_descriptor ?? known.statement_descriptor,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? known.statement_descriptor_suffix,
    status: method && known.status === 'requires_payment_method' ? 'requires_confirmation' : known.status,
  }
}

/** @throws StripeFailure where this payment cannot do that now. */
function unexpected(intent: Stripe.PaymentIntent, verb: string, allowed: string): Error {
  return invalid(
    `This PaymentIntent could not be ${verb} because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${verb}: ${allowed}.`,
    { code: 'payment_intent_unexpected_state' },
  )
}

function confirmed(work: Work, intent: Stripe.PaymentIntent, given: Confirming): Stripe.PaymentIntent {
  const automatic = intent.automatic_payment_methods
  if (automatic?.enabled && automatic.allow_redirects !== 'never' && !given.return_url)
    throw invalid(
      'This PaymentIntent accepts payment methods that may redirect the customer away, so you must provide a `return_url`. If you do not want such payment methods, set automatic_payment_methods[enabled] to true and automatic_payment_methods[allow_redirects] to never.',
      { param: 'return_url' },
    )
  if (given.off_session && intent.setup_future_usage && intent.customer === null)
    throw invalid('A payment without its owner that is set up for later needs a customer.', {
      param: 'customer',
    })
  return confirm(work, intent, {
    offSession: given.off_session ?? false,
    returnUrl: given.return_url ?? null,
    errorOnAction: given.error_on_requires_action ?? false,
  })
}

/** @throws StripeFailure for the payment of a session, which its page alone makes. */
function notOfSession(work: Work, intent: Stripe.PaymentIntent, verb: string): void {
  if (work.store.hidden(intent.id).session)
    throw invalid(`You cannot ${verb} the PaymentIntent of a Checkout Session. Expire the session instead.`, {
      code: 'payment_intent_unexpected_state',
    })
}

const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action']
const cancelable = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action']

/** Give a payment up. */
export function cancelIntent(
  work: Work,
  known: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  if (!cancelable.includes(known.status)) throw unexpected(known, 'canceled', cancelable.join(', '))
  const charge = known.status === 'requires_capture' ? idOf(known.latest_charge) : null
  if (charge) releaseCharge(work, need(work, 'charge', charge, 'charge'))
  const canceled: Stripe.PaymentIntent = {
    ...known,
    status: 'canceled',
    canceled_at: work.now,
    cancellation_reason: reason,
    amount_capturable: 0,
    next_action: null,
  }
  work.store.put('payment_intent', canceled, { challenge: null })
  emit(work, 'payment_intent.canceled', canceled)
  return canceled
}

export const paymentIntentRoutes = [
  route(
    'POST',
    '/v1/payment_intents',
    taking<Stripe.PaymentIntentCreateParams>()({
      amount,
      currency,
      confirm: flag.optional(),
      ...common,
      ...methods,
      ...confirming,
    }),
    (work, params): Stripe.PaymentIntent => {
      for (const name of ['off_session', 'return_url', 'error_on_requires_action'] as const) {
        if (params[name] !== undefined && !params.confirm)
          throw invalid(
            `The parameter \`${name}\` cannot be passed when creating a PaymentIntent unless \`confirm\` is set to true.`,
            {
              param: name,
            },
          )
      }
      const intent = save(work, 'payment_intent', makeIntent(work, params), 'payment_intent.created')
      return params.confirm ? confirmed(work, intent, params) : intent
    },
  ),
  route(
    'GET',
    '/v1/payment_intents/:id',
    { client_secret: text.optional() },
    (work, _params, name): Stripe.PaymentIntent => need(work, 'payment_intent', name, 'intent'),
  ),
  route(
    'GET',
    '/v1/payment_intents',
    taking<Stripe.PaymentIntentListParams>()({ ...pageShape, ...createdShape, customer: id.optional() }),
    (work, params): Stripe.ApiList<Stripe.PaymentIntent> =>
      list(work, 'payment_intent', '/v1/payment_intents', params, { customer: params.customer ?? null }),
  ),
  route(
    'POST',
    '/v1/payment_intents/:id',
    taking<Stripe.PaymentIntentUpdateParams>()({
      amount: amount.optional(),
      currency: currency.optional(),
      ...common,
    }),
    (work, params, name): Stripe.PaymentIntent => {
      const known = need(work, 'payment_intent', name, 'intent')
      const paid = !confirmable.includes(known.status)
      if (
        paid &&
        (params.amount ?? params.currency ?? params.payment_method ?? params.customer) !== undefined
      )
        throw unexpected(known, 'updated', confirmable.join(', '))
      const next = {
        ...changed(work, known, params),
        amount: params.amount ?? known.amount,
        currency: params.currency ?? known.currency,
      }
      work.store.put('payment_intent', next)
      return next
    },
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/confirm',
    taking<Stripe.PaymentIntentConfirmParams>()({ ...paying, ...confirming }),
    (work, params, name) => {
      const known = need(work, 'payment_intent', name, 'intent')
      notOfSession(work, known, 'confirm')
      if (!confirmable.includes(known.status)) throw unexpected(known, 'confirmed', confirmable.join(', '))
      return confirmed(work, changed(work, known, params), params)
    },
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/capture',
    taking<Stripe.PaymentIntentCaptureParams>()({
      amount_to_capture: integer.optional(),
      metadata: metadata.optional(),
    }),
    (work, params, name): Stripe.PaymentIntent => {
      const known = need(work, 'payment_intent', name, 'intent')
      if (known.status !== 'requires_capture') throw unexpected(known, 'captured', 'requires_capture')
      const taken = params.amount_to_capture ?? known.amount_capturable
      if (taken < 1 || taken > known.amount_capturable)
        throw invalid(
          `The amount to capture (${taken}) must be at least 1 and at most what is capturable (${known.amount_capturable}).`,
          {
            param: 'amount_to_capture',
            code: 'amount_too_large',
          },
        )
      const charge = need(work, 'charge', idOf(known.latest_charge) ?? '', 'charge')
      const method = need(work, 'payment_method', charge.payment_method ?? '', 'payment_method')
      captureCharge(work, charge, cardBehind(work, method), taken)
      return save(
        work,
        'payment_intent',
        {
          ...known,
          status: 'succeeded',
          amount_capturable: 0,
          amount_received: taken,
          metadata: mergeMetadata(known.metadata, params.metadata),
        },
        'payment_intent.succeeded',
      )
    },
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/cancel',
    taking<Stripe.PaymentIntentCancelParams>()({
      cancellation_reason: z
        .enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'])
        .optional(),
    }),
    (work, params, name): Stripe.PaymentIntent => {
      const known = need(work, 'payment_intent', name, 'intent')
      // What its page authorised may still be let go.
      if (known.status !== 'requires_capture') notOfSession(work, known, 'cancel')
      return cancelIntent(work, known, params.cancellation_reason ?? null)
    },
  ),
]
