import { z } from 'zod'
import { operation } from '../operation.ts'
import { line } from '../wire.ts'
import { tags } from './shapes.ts'
import { addressLines, country } from './tax.ts'

/** As whom a person buys: what an invoice says of its customer. */
export const billingDetails = z.object({
  name: line(150),
  address: addressLines,
  country: country.nullable(),
  taxNumber: line(40).nullable(),
})
export type BillingDetails = z.infer<typeof billingDetails>

export const buyerOperations = {
  getBillingDetails: operation({
    method: 'GET',
    path: '/payments/billing-details',
    access: 'member',
    tags,
    summary: 'What invoices say of you; your name alone while you have said nothing.',
  }).output(z.object({ details: billingDetails.nullable() })),
  saveBillingDetails: operation({
    method: 'PUT',
    path: '/payments/billing-details',
    access: 'member',
    tags,
    summary: 'Say what invoices say of you, from the next order on; null for your name alone.',
  })
    .input(z.object({ details: billingDetails.nullable() }))
    .output(z.object({ details: billingDetails.nullable() })),
}
