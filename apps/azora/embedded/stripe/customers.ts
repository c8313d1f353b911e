import type { Stripe } from 'stripe'
import { z } from 'zod'
import { emit, save } from './emit.ts'
import { missing } from './failure.ts'
import { list } from './lists.ts'
import { newId } from './objects.ts'
import {
  address,
  createdShape,
  id,
  mergeMetadata,
  metadata,
  optionalText,
  pageShape,
  text,
} from './params.ts'
import { attach, paymentMethodNamed } from './payment-methods.ts'
import { route, taking } from './route.ts'
import { need } from './work.ts'

const empty = z.literal('').transform(() => null)
const shape = {
  address: z.union([empty, address]).optional(),
  description: optionalText,
  email: optionalText,
  invoice_settings: z.strictObject({ default_payment_method: z.union([empty, id]).optional() }).optional(),
  metadata: metadata.optional(),
  name: optionalText,
  phone: optionalText,
  preferred_locales: z.union([empty, z.array(z.string().max(20)).max(10)]).optional(),
  shipping: z.union([empty, z.strictObject({ address, name: text, phone: optionalText })]).optional(),
  tax_exempt: z.enum(['none', 'exempt', 'reverse']).optional(),
}
type Given = z.output<z.ZodObject<typeof shape>>

function changed(known: Stripe.Customer, given: Given): Stripe.Customer {
  const { shipping } = given
  return {
    ...known,
    address: given.address === undefined ? (known.address ?? null) : given.address,
    description: given.description === undefined ? known.description : given.description,
    email: given.email === undefined ? known.email : given.email,
    metadata: mergeMetadata(known.metadata, given.metadata),
    name: given.name === undefined ? (known.name ?? null) : given.name,
    phone: given.phone === undefined ? (known.phone ?? null) : given.phone,
    preferred_locales:
      given.preferred_locales === undefined
        ? (known.preferred_locales ?? [])
        : (given.preferred_locales ?? []),
    shipping:
      shipping === undefined
        ? known.shipping
        : shipping && { ...shipping, phone: shipping.phone ?? null, carrier: null, tracking_number: null },
    tax_exempt: given.tax_exempt ?? known.tax_exempt ?? 'none',
  }
}

export const customerRoutes = [
  route(
    'POST',
    '/v1/customers',
    taking<Stripe.CustomerCreateParams>()({ ...shape, payment_method: id.optional() }),
    (work, params): Stripe.Customer => {
      const made: Stripe.Customer = {
        id: newId('customer'),
        object: 'customer',
        balance: 0,
        created: work.now,
        currency: null,
        default_source: null,
        delinquent: false,
        description: null,
        discount: null,
        email: null,
        invoice_prefix: null,
        invoice_settings: {
          custom_fields: null,
          default_payment_method: null,
          footer: null,
          rendering_options: null,
        },
        livemode: false,
        metadata: {},
        shipping: null,
        test_clock: null,
      }
      const customer = save(work, 'customer', changed(made, params), 'customer.created')
      if (params.payment_method) attach(work, paymentMethodNamed(work, params.payment_method), customer.id)
      return withDefault(work, customer, params)
    },
  ),
  route(
    'GET',
    '/v1/customers',
    taking<Stripe.CustomerListParams>()({ ...pageShape, ...createdShape, email: text.optional() }),
    (work, params): Stripe.ApiList<Stripe.Customer> =>
      list(work, 'customer', '/v1/customers', params, { email: params.email ?? null }),
  ),
  route(
    'GET',
    '/v1/customers/:id',
    {},
    (work, _params, customer): Stripe.Customer | Stripe.DeletedCustomer => {
      const found = work.store.find('customer', customer)
      if (!found) throw missing('customer', customer, 'id')
      return work.store.hidden(customer).deleted ? { id: customer, object: 'customer', deleted: true } : found
    },
  ),
  route(
    'POST',
    '/v1/customers/:id',
    taking<Stripe.CustomerUpdateParams>()(shape),
    (work, params, customer): Stripe.Customer => {
      const known = need(work, 'customer', customer, 'id')
      return withDefault(work, save(work, 'customer', changed(known, params), 'customer.updated'), params)
    },
  ),
  route('DELETE', '/v1/customers/:id', {}, (work, _params, customer): Stripe.DeletedCustomer => {
    const known = need(work, 'customer', customer, 'id')
    work.store.put('customer', known, { deleted: true })
    const page = { limit: 100, startingAfter: null, endingBefore: null, created: {} }
    for (const method of work.store.list('payment_method', page, { customer }))
      work.store.put('payment_method', { ...method, customer: null })
    emit(work, 'customer.deleted', known)
    return { id: customer, object: 'customer', deleted: true }
  }),
]

/** With the payment method that is theirs by default, which must be attached to them. */
function withDefault(
  work: Parameters<typeof need>[0],
  customer: Stripe.Customer,
  given: Given,
): Stripe.Customer {
  const wanted = given.invoice_settings?.default_payment_method
  if (wanted === undefined) return customer
  if (wanted !== null) {
    const method = need(work, 'payment_method', wanted, 'invoice_settings[default_payment_method]')
    if (method.customer !== customer.id)
      throw missing('payment_method', wanted, 'invoice_settings[default_payment_method]')
  }
  const settings = { ...customer.invoice_settings, default_payment_method: wanted }
  const kept = { ...customer, invoice_settings: settings }
  work.store.put('customer', kept)
  return kept
}
