import { leaveProcess } from '@azora/kit/context.ts'
import { AppError } from '@azora/kit/errors.ts'
import { isDeposit } from '../deposits/deposit-order.ts'
import { toStripe } from '../stripe/stripe-amounts.ts'
import { askStripe, markOf } from '../stripe/stripe-door.ts'
import type { OrderTools } from './order-tools.ts'
import { type Order, selectOptionalOrder, updateCheckout } from './orders.store.ts'
import { titlesOf } from './titles-of.ts'

/** The order with its session at Stripe, made now where there is none. */
export async function withSession(tools: OrderTools, organizationId: string, order: Order): Promise<Order> {
  if (order.stripeSessionId) return order
  await leaveProcess('Opening a checkout')
  const stripe = await tools.stripe.open()
  const mark = markOf(organizationId, order.id)
  const page = `${tools.publicUrl}/account/payments/${order.id}`
  const session = await askStripe(() =>
    stripe.checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: order.id,
        line_items: linesOf(order).map(({ title, amountMinor }) => {
          const { amount, currency } = toStripe({ amountMinor, currency: order.currency })
          return {
            quantity: 1,
            price_data: { currency, unit_amount: amount, product_data: { name: title } },
          }
        }),
        metadata: mark,
        // Else Stripe captures later, and what it keeps is not known yet when the payment is written down.
        payment_intent_data: { metadata: mark, capture_method: 'automatic' },
        expires_at: Math.floor(Date.parse(order.expiresAt) / 1000),
        success_url: `${page}?paid`,
        cancel_url: page,
      },
      { idempotencyKey: `order-${order.id}` },
    ),
  )
  if (!session.url) throw new Error(`Stripe opened session ${session.id} without an address.`)
  const school = tools.db.in(organizationId)
  await updateCheckout(school, order.id, { sessionId: session.id, url: session.url })
  const opened = await selectOptionalOrder(school, order.id)
  if (!opened) throw new AppError('not_found')
  return opened
}

/** What stands on the page where it is paid: a bundle is one line, since its parts are not all of an amount that is charged. */
function linesOf(order: Order): { title: string; amountMinor: number }[] {
  if (isDeposit(order)) return [{ title: 'Wallet deposit', amountMinor: order.totalMinor }]
  if (order.bundle) return [{ title: order.bundle.title, amountMinor: order.totalMinor }]
  const titles = titlesOf(order)
  return order.items.map(({ amountMinor }, at) => ({ title: titles[at] ?? '', amountMinor }))
}
