import type { Config } from '@azora/kit/config.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Stripe } from 'stripe'

/** The way to Stripe, or to the sandbox that stands in for it where no key is set. */
export type StripeDoor = {
  /** Whether it is the sandbox. */
  sandbox: boolean
  /** The client; the sandbox starts when it is first asked for. @throws AppError `payments_not_set_up`. */
  open(): Promise<Stripe>
  /** With what the events of Stripe are signed. @throws as `open`. */
  webhookSecret(): Promise<string>
}

/** The library is loaded and the sandbox started by the first call, not by a service that nobody pays through. */
export function openStripeDoor({
  stripe,
  config,
}: Pick<ServiceKit, 'stripe'> & { config: Config }): StripeDoor {
  const access = async () => {
    const door = await stripe()
    if (!door) throw refusal('payments_not_set_up')
    return door
  }
  return {
    sandbox: config.stripe === null || config.stripe.sandboxUrl !== null,
    open: async () => (await access()).api,
    webhookSecret: async () => (await access()).webhookSecret,
  }
}

/** What everything that is made at Stripe carries, so that what Stripe tells finds its order. */
export type OrderMark = { azora_organization: string; azora_order: string }

export const markOf = (organizationId: string, orderId: string): OrderMark => ({
  azora_organization: organizationId,
  azora_order: orderId,
})

/** An error of the SDK: which kind it is it says itself, so that the library need not be loaded to ask. */
type StripeFailure = { type?: unknown; code?: unknown }

const away = new Set(['StripeConnectionError', 'StripeAPIError', 'StripeRateLimitError'])

/** Whether Stripe was not there, or not well, so that the same may do at another time. */
const isAway = (failure: unknown): boolean => away.has(String((failure as StripeFailure | null)?.type ?? ''))

/** Whether Stripe understood and said no, so that the same will not do at any time. */
export const isRefused = (failure: unknown): boolean =>
  (failure as StripeFailure | null)?.type === 'StripeInvalidRequestError'

/**
 * What Stripe refuses or does not answer, as a person who waits is told.
 * @throws AppError `processor_away`, `amount_not_taken`; anything else is a fault of ours and is thrown as it came.
 */
export async function askStripe<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    if (String((failure as StripeFailure | null)?.code ?? '').startsWith('amount_too_'))
      throw refusal('amount_not_taken')
    if (isAway(failure)) throw refusal('processor_away')
    throw failure
  }
}

/** Whether `askStripe` said that the amount is never taken. */
export const isNotTaken = (failure: unknown): boolean =>
  failure instanceof AppError && failure.data.reason === 'amount_not_taken'

/** Whether something that was asked for by its id is not there at Stripe. */
export const isMissing = (failure: unknown): boolean =>
  isRefused(failure) && (failure as StripeFailure).code === 'resource_missing'

/** Where a card was refused, why; null for any other failure. @returns the code of the bank, else that of Stripe */
export function declineOf(failure: unknown): { paymentIntentId: string | null; declineCode: string } | null {
  const { type, code, decline_code, payment_intent } = (failure ?? {}) as {
    type?: unknown
    code?: unknown
    decline_code?: unknown
    payment_intent?: { id?: unknown }
  }
  if (type !== 'StripeCardError') return null
  const id = payment_intent?.id
  const declineCode = [decline_code, code].find(one => typeof one === 'string') ?? 'generic_decline'
  return { paymentIntentId: typeof id === 'string' ? id : null, declineCode: String(declineCode) }
}
