import { randomBytes } from 'node:crypto'
import type { Stripe } from 'stripe'

/** What the sandbox keeps, by the `object` field that Stripe gives it, in the shape of the SDK's own types. */
export type Objects = {
  balance_transaction: Stripe.BalanceTransaction
  charge: Stripe.Charge
  'checkout.session': Stripe.Checkout.Session
  customer: Stripe.Customer
  dispute: Stripe.Dispute
  event: Stripe.Event
  payment_intent: Stripe.PaymentIntent
  payment_method: Stripe.PaymentMethod
  refund: Stripe.Refund
  setup_intent: Stripe.SetupIntent
  webhook_endpoint: Stripe.WebhookEndpoint
}

export type Kind = keyof Objects

/** What belongs to an object and is never shown over the API. */
export type Hidden = {
  /** Of a payment method: the test card behind it. */
  cardNumber?: string
  /** Of a payment method: it was authenticated for payments without its owner. */
  setUp?: boolean
  /** Of a customer or endpoint: it was deleted. */
  deleted?: boolean
  /** Of an intent that waits for its owner: what makes the address of the 3-D Secure page unguessable. */
  challenge?: string | null
  returnUrl?: string | null
  /** Of an intent: the session that it belongs to. */
  session?: string
  /** Of a session: what is bought. */
  lineItems?: Stripe.LineItem[]
  /** Of a session: what its payment or its card for later is made with. */
  intentData?: IntentData
  /** Of a session: what its form carries, so that only its own page can send it. */
  formToken?: string
  /** Of an endpoint: what its webhooks are signed with. */
  secret?: string
}

type IntentData = {
  capture_method?: 'automatic' | 'automatic_async' | 'manual' | undefined
  description?: string | null | undefined
  metadata?: Record<string, string> | null | undefined
  receipt_email?: string | null | undefined
  setup_future_usage?: 'off_session' | 'on_session' | undefined
  statement_descriptor?: string | undefined
  statement_descriptor_suffix?: string | undefined
  transfer_group?: string | undefined
}

const prefixes: Record<Kind, string> = {
  balance_transaction: 'txn',
  charge: 'ch',
  'checkout.session': 'cs_test',
  customer: 'cus',
  dispute: 'du',
  event: 'evt',
  payment_intent: 'pi',
  payment_method: 'pm',
  refund: 're',
  setup_intent: 'seti',
  webhook_endpoint: 'we',
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits by chance: 24 of them have 142 bits. */
export function randomText(length = 24): string {
  let text = ''
  while (text.length < length) {
    // 248 is the largest multiple of 62 in a byte: what lies above would favour some letters.
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += letters[byte % 62]
  }
  return text
}

/** An id as Stripe makes it. A session's is long, since it stands in an address that anyone may open. */
export const newId = (kind: Kind): string =>
  `${prefixes[kind]}_${randomText(kind === 'checkout.session' ? 58 : 24)}`

/** The id of what a field refers to, whether or not it stands there in full. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null)
}
