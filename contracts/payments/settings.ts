import { z } from 'zod'
import { operation } from '../operation.ts'
import { currencyCode } from '../wire-money.ts'
import { currencies, tags } from './shapes.ts'

const paymentSettings = z.object({
  /** The currencies in which the school sells. */
  currencies,
  /** For how many days after a payment its buyer may ask for it back; 0 for never. */
  refundRequestDays: z.int().min(0).max(366),
  /** In which figures of all currencies are told together; null where each is told alone. */
  reportingCurrency: currencyCode.nullable(),
  /** Whether payments go to the sandbox, in which no real money moves. */
  sandbox: z.boolean(),
})

/** How a school takes money. */
export const settingsOperations = {
  getPaymentSettings: operation({
    method: 'GET',
    path: '/payments/settings',
    access: 'member',
    tags,
    summary: 'How the school takes money.',
  }).output(paymentSettings),
  savePaymentSettings: operation({
    method: 'PUT',
    path: '/payments/settings',
    access: 'office:finance',
    tags,
    interactive: true,
    summary: 'Say in which currencies the school sells. Prices in others stay until they are changed.',
  })
    .input(
      z.object({
        currencies,
        refundRequestDays: z.int().min(0).max(366).optional(),
        reportingCurrency: currencyCode.nullable().optional(),
      }),
    )
    .output(paymentSettings),
}

/** What the processor calls. */
export const stripeFiles = {
  receiveStripeEvent: operation({
    method: 'POST',
    path: '/payments/stripe/events',
    access: 'public',
    raw: 'page',
    tags,
    summary: 'Where Stripe tells what happened, signed as its webhooks are.',
  })
    .input(z.object({}))
    .output(z.object({})),
}
