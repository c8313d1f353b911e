import { leaveProcess } from '@azora/kit/context.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { askStripe } from '../stripe/stripe-door.ts'
import { insertCustomer, selectOptionalCustomer } from './cards.store.ts'

/**
 * Who a person is at Stripe, made there when it is first needed. Nothing is told of them but our own id. Two who need it
 * at once ask under one key, so they get the same.
 */
export async function customerOf(
  { db, stripe: door }: Pick<OrderTools, 'db' | 'stripe'>,
  organizationId: string,
  userId: string,
): Promise<string> {
  const school = db.in(organizationId)
  const whose = { userId, sandbox: door.sandbox }
  const known = await selectOptionalCustomer(school, whose)
  if (known) return known.customerId
  await leaveProcess('Making a customer')
  const stripe = await door.open()
  const made = await askStripe(() =>
    stripe.customers.create(
      { metadata: { azora_organization: organizationId, azora_user: userId } },
      { idempotencyKey: `customer-${organizationId}-${userId}` },
    ),
  )
  await insertCustomer(school, whose, made.id)
  return (await selectOptionalCustomer(school, whose))?.customerId ?? made.id
}
