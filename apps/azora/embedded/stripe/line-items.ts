import type { Stripe } from 'stripe'
import { z } from 'zod'
import { invalid } from './failure.ts'
import { randomText } from './objects.ts'
import { currency, integer, metadata, optionalText, text, url } from './params.ts'
import type { Work } from './work.ts'

/** What is bought on a checkout page. Prices are given with the item; there is no catalogue of them. */
export const lineItem = z.strictObject({
  price_data: z.strictObject({
    currency,
    product_data: z.strictObject({
      description: optionalText,
      images: z.array(url).max(8).optional(),
      metadata: metadata.optional(),
      name: text.min(1).max(250),
    }),
    tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
    unit_amount: integer.refine(given => given >= 0, 'Invalid non-negative integer'),
  }),
  quantity: integer.refine(given => given >= 1 && given <= 10_000, 'Invalid positive integer').optional(),
})

/** @throws StripeFailure when they are of several currencies. */
export function makeLineItems(work: Work, given: z.output<typeof lineItem>[]): Stripe.LineItem[] {
  if (new Set(given.map(item => item.price_data.currency)).size > 1)
    throw invalid('All line items must have the same currency.', { param: 'line_items' })
  return given.map(({ price_data: data, quantity = 1 }) => {
    const amount = data.unit_amount * quantity
    return {
      id: `li_${randomText()}`,
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: data.currency,
      description: data.product_data.name,
      metadata: {},
      price: priceOf(work, data),
      quantity,
    }
  })
}

function priceOf(work: Work, data: z.output<typeof lineItem>['price_data']): Stripe.Price {
  return {
    id: `price_${randomText()}`,
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: work.now,
    currency: data.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: `prod_${randomText(14)}`,
    recurring: null,
    tax_behavior: data.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: data.unit_amount,
    // A decimal number as text on the wire, of which the SDK makes an object.
    unit_amount_decimal: String(data.unit_amount) as unknown as Stripe.Price['unit_amount_decimal'],
  }
}
