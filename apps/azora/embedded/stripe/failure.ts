import type { Stripe } from 'stripe'
import type { Kind } from './objects.ts'

/** The body of an error, as Stripe words it: what went wrong, and for whom. */
export type ErrorBody = Stripe.PaymentIntent.LastPaymentError

/** An answer that is not the one hoped for. */
export class StripeFailure extends Error {
  readonly status: number
  readonly body: ErrorBody
  /** What was done on the way stays, such as the charge that failed. */
  readonly keeps: boolean
  constructor(status: number, body: ErrorBody, keeps = false) {
    super(body.message)
    this.name = 'StripeFailure'
    this.status = status
    this.body = body
    this.keeps = keeps
  }
}

type Code = NonNullable<ErrorBody['code']>

/** A request that cannot be meant. */
export function invalid(
  message: string,
  { param, code }: { param?: string; code?: Code } = {},
): StripeFailure {
  return new StripeFailure(400, {
    type: 'invalid_request_error',
    ...(code ? { code } : {}),
    message,
    ...(param ? { param } : {}),
  })
}

const nouns: Partial<Record<Kind, string>> = {
  payment_method: 'PaymentMethod',
  balance_transaction: 'balance transaction',
  webhook_endpoint: 'webhook endpoint',
  setup_intent: 'setupintent',
}

export function missing(kind: Kind, id: string, param: string): StripeFailure {
  return new StripeFailure(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${nouns[kind] ?? kind}: '${id}'`,
    param,
  })
}
