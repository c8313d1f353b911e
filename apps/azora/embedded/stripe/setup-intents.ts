import type { Stripe } from 'stripe'
import { z } from 'zod'
import type { Decline } from './cards.ts'
import { emit, save } from './emit.ts'
import { invalid } from './failure.ts'
import { list } from './lists.ts'
import { idOf, newId, randomText } from './objects.ts'
import {
  createdShape,
  flag,
  id,
  mergeMetadata,
  metadata,
  optionalText,
  pageShape,
  text,
  url,
} from './params.ts'
import { nextAction } from './pay.ts'
import {
  attach,
  cardBehind,
  declined,
  paymentMethodData,
  paymentMethodNamed,
  paymentMethodOf,
} from './payment-methods.ts'
import { route, taking } from './route.ts'
import { need, type Work } from './work.ts'

/** Keeping a card for later without paying. The states are those of https://docs.stripe.com/payments/intents */

const authenticationFailed: Decline = {
  code: 'setup_intent_authentication_failure',
  message:
    'The latest attempt to set up the payment method has failed because authentication failed. Provide another payment method, or confirm again.',
}

const card = {
  payment_method: id.optional(),
  payment_method_data: paymentMethodData.optional(),
}
const common = { ...card, customer: id.optional(), description: optionalText, metadata: metadata.optional() }
type Given = Partial<z.output<z.ZodObject<typeof common>>>

export function makeSetupIntent(
  work: Work,
  given: Given & {
    usage?: 'off_session' | 'on_session' | undefined
    automatic?: Stripe.SetupIntent.AutomaticPaymentMethods | null
  },
): Stripe.SetupIntent {
  const name = newId('setup_intent')
  return changed(
    work,
    {
      id: name,
      object: 'setup_intent',
      allowed_payment_method_types: null,
      application: null,
      automatic_payment_methods: given.automatic ?? null,
      cancellation_reason: null,
      client_secret: `${name}_secret_${randomText(25)}`,
      created: work.now,
      customer: null,
      customer_account: null,
      description: null,
      excluded_payment_method_types: null,
      flow_directions: null,
      last_setup_error: null,
      latest_attempt: null,
      livemode: false,
      mandate: null,
      metadata: {},
      next_action: null,
      on_behalf_of: null,
      payment_method: null,
      payment_method_configuration_details: null,
      payment_method_options: {
        card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
      },
      payment_method_types: ['card'],
      single_use_mandate: null,
      status: 'requires_payment_method',
      usage: given.usage ?? 'off_session',
    },
    given,
  )
}

function changed(work: Work, known: Stripe.SetupIntent, given: Given): Stripe.SetupIntent {
  if (given.customer) need(work, 'customer', given.customer, 'customer')
  const method = given.payment_method_data
    ? paymentMethodOf(work, given.payment_method_data).id
    : given.payment_method
      ? paymentMethodNamed(work, given.payment_method).id
      : idOf(known.payment_method)
  return {
    ...known,
    customer: given.customer ?? known.customer,
    description: given.description === undefined ? known.description : given.description,
    metadata: mergeMetadata(known.metadata, given.metadata),
    payment_method: method,
    status: method && known.status === 'requires_payment_method' ? 'requires_confirmation' : known.status,
  }
}

const waiting = ['requires_payment_method', 'requires_confirmation', 'requires_action']

function unexpected(intent: Stripe.SetupIntent, verb: string): Error {
  return invalid(
    `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be used so: ${waiting.join(', ')}.`,
    { code: 'setup_intent_unexpected_state' },
  )
}

/** @throws StripeFailure when the card refuses; what came of it stays. */
export function confirmSetup(
  work: Work,
  intent: Stripe.SetupIntent,
  returnUrl: string | null,
): Stripe.SetupIntent {
  const name = idOf(intent.payment_method)
  if (!name)
    throw invalid("You cannot confirm this SetupIntent because it's missing a payment method.", {
      code: 'setup_intent_unexpected_state',
    })
  const automatic = intent.automatic_payment_methods
  if (automatic?.enabled && automatic.allow_redirects !== 'never' && !returnUrl)
    throw invalid(
      'This SetupIntent accepts payment methods that may redirect the customer away, so you must provide a `return_url`.',
      {
        param: 'return_url',
      },
    )
  const method = need(work, 'payment_method', name, 'payment_method')
  if (!cardBehind(work, method).authentication) return finish(work, intent, method)
  const challenge = randomText(40)
  const asked: Stripe.SetupIntent = {
    ...intent,
    status: 'requires_action',
    last_setup_error: null,
    next_action: nextAction(work, challenge, returnUrl),
  }
  work.store.put('setup_intent', asked, { challenge, returnUrl })
  emit(work, 'setup_intent.requires_action', asked)
  return asked
}

/** The card's owner has been asked. @throws StripeFailure as `confirmSetup` does. */
export function setupAuthenticated(
  work: Work,
  intent: Stripe.SetupIntent,
  agreed: boolean,
): Stripe.SetupIntent {
  const method = need(work, 'payment_method', idOf(intent.payment_method) ?? '', 'payment_method')
  const answered = { ...intent, next_action: null }
  work.store.put('setup_intent', answered, { challenge: null })
  return agreed ? finish(work, answered, method) : refuse(work, answered, method, authenticationFailed)
}

function finish(work: Work, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod): Stripe.SetupIntent {
  const { declines } = cardBehind(work, method)
  if (declines) return refuse(work, intent, method, declines)
  const customer = idOf(intent.customer)
  const kept = customer ? attach(work, method, customer) : method
  work.store.put('payment_method', kept, { setUp: true })
  const done: Stripe.SetupIntent = {
    ...intent,
    status: 'succeeded',
    last_setup_error: null,
    next_action: null,
  }
  return save(work, 'setup_intent', done, 'setup_intent.succeeded')
}

function refuse(
  work: Work,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
): never {
  const failed: Stripe.SetupIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: {
      type: decline === authenticationFailed ? 'invalid_request_error' : 'card_error',
      ...decline,
      payment_method: method,
    },
  }
  save(work, 'setup_intent', failed, 'setup_intent.setup_failed')
  throw declined(decline, { setup_intent: failed, payment_method: method }, true)
}

export const setupIntentRoutes = [
  route(
    'POST',
    '/v1/setup_intents',
    taking<Stripe.SetupIntentCreateParams>()({
      ...common,
      allowed_payment_method_types: z.array(z.enum(['card'])).optional(),
      automatic_payment_methods: z
        .strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).optional() })
        .optional(),
      confirm: flag.optional(),
      return_url: url.optional(),
      usage: z.enum(['off_session', 'on_session']).optional(),
      use_stripe_sdk: flag.optional(),
    }),
    (work, params): Stripe.SetupIntent => {
      const { automatic_payment_methods: given, allowed_payment_method_types: allowed } = params
      const automatic = given ?? (allowed ? null : { enabled: true })
      const made = makeSetupIntent(work, {
        ...params,
        automatic: automatic && {
          enabled: automatic.enabled,
          allow_redirects: given?.allow_redirects ?? 'always',
        },
      })
      const intent = save(
        work,
        'setup_intent',
        { ...made, allowed_payment_method_types: allowed ?? null },
        'setup_intent.created',
      )
      return params.confirm ? confirmSetup(work, intent, params.return_url ?? null) : intent
    },
  ),
  route(
    'GET',
    '/v1/setup_intents/:id',
    { client_secret: text.optional() },
    (work, _params, name): Stripe.SetupIntent => need(work, 'setup_intent', name, 'intent'),
  ),
  route(
    'GET',
    '/v1/setup_intents',
    taking<Stripe.SetupIntentListParams>()({
      ...pageShape,
      ...createdShape,
      customer: id.optional(),
      payment_method: id.optional(),
    }),
    (work, params): Stripe.ApiList<Stripe.SetupIntent> => {
      const { customer = null, payment_method = null } = params
      return list(work, 'setup_intent', '/v1/setup_intents', params, { customer, payment_method })
    },
  ),
  route(
    'POST',
    '/v1/setup_intents/:id',
    taking<Stripe.SetupIntentUpdateParams>()(common),
    (work, params, name): Stripe.SetupIntent => {
      const known = need(work, 'setup_intent', name, 'intent')
      if (!waiting.includes(known.status)) throw unexpected(known, 'update')
      const next = changed(work, known, params)
      work.store.put('setup_intent', next)
      return next
    },
  ),
  route(
    'POST',
    '/v1/setup_intents/:id/confirm',
    taking<Stripe.SetupIntentConfirmParams>()({
      ...card,
      return_url: url.optional(),
      use_stripe_sdk: flag.optional(),
    }),
    (work, params, name): Stripe.SetupIntent => {
      const known = need(work, 'setup_intent', name, 'intent')
      if (!waiting.includes(known.status)) throw unexpected(known, 'confirm')
      return confirmSetup(work, changed(work, known, params), params.return_url ?? null)
    },
  ),
  route(
    'POST',
    '/v1/setup_intents/:id/cancel',
    taking<Stripe.SetupIntentCancelParams>()({
      cancellation_reason: z.enum(['abandoned', 'duplicate', 'requested_by_customer']).optional(),
    }),
    (work, params, name): Stripe.SetupIntent => {
      const known = need(work, 'setup_intent', name, 'intent')
      if (!waiting.includes(known.status)) throw unexpected(known, 'cancel')
      const canceled: Stripe.SetupIntent = {
        ...known,
        status: 'canceled',
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
      }
      work.store.put('setup_intent', canceled, { challenge: null })
      emit(work, 'setup_intent.canceled', canceled)
      return canceled
    },
  ),
]
