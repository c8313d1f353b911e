import { defineTask } from '@azora/kit/jobs.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { askStripe, isRefused } from '../stripe/stripe-door.ts'

/** Have Stripe forget a person, with their cards. */
export const forgetCustomerTask = defineTask<{ customerId: string; sandbox: boolean }>(
  'payments.forget_customer',
)

/** Safe to repeat: who is forgotten stays so. */
export async function forgetCustomer(
  { stripe: door }: Pick<OrderTools, 'stripe'>,
  { customerId, sandbox }: { customerId: string; sandbox: boolean },
): Promise<void> {
  // What only the sandbox knew of them goes with it, once Stripe itself is there.
  if (sandbox !== door.sandbox) {
    if (sandbox) return
    throw new Error('Stripe is not set up, and still has to forget somebody.')
  }
  const stripe = await door.open()
  await askStripe(() => stripe.customers.del(customerId)).catch(failure => {
    if (!isRefused(failure)) throw failure
  })
}
