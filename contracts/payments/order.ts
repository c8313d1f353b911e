import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, pageOf, paging } from '../wire.ts'
import { currencyCode, positivePrice, price } from '../wire-money.ts'
import { couponCode } from './coupon.ts'
import { quote } from './quote.ts'
import { coursesToRefund, order, orderStatus, refundReason, tags } from './shapes.ts'

/** An order as the school sees it. */
const schoolOrder = order.extend({ buyer: z.object({ id, name: z.string() }).nullable() })

/** What people buy. */
export const orderOperations = {
  getQuote: operation({
    method: 'GET',
    path: '/payments/quotes',
    access: 'member',
    tags,
    summary: 'What a course comes to for you, with its tax, before you buy it.',
  })
    .input(z.object({ courseId: id, currency: currencyCode, coupon: couponCode.optional() }))
    .output(quote),
  startCheckout: operation({
    method: 'POST',
    path: '/payments/checkouts',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Buy a course: an order, with the address of the page on which it is paid.',
    description:
      'Repeating it while the order is open answers the same order. `price` is what the buyer was shown; where the course costs something else by now, it is refused as `price_changed` and nothing is made.',
  })
    .input(
      z.object({
        courseId: id,
        price: positivePrice,
        /** What the buyer was shown that it comes to, with tax; the price, without it. */
        total: price.optional(),
        coupon: couponCode.optional(),
        /** Whether the order is going to be paid from the buyer's wallet (`payFromWallet`): no page is opened then. */
        from: z.enum(['card', 'wallet']).default('card'),
        /** For another person, who gets it by a code once it is paid; you may buy several, and have it yourself. */
        gift: z.boolean().default(false),
      }),
    )
    .output(order),
  startDeposit: operation({
    method: 'POST',
    path: '/payments/deposits',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary:
      'Put money into your wallet: an order that buys nothing, with the address of the page on which it is paid.',
    description: 'It is in the wallet once the payment is certain. No tax is charged on it.',
  })
    .input(z.object({ amount: positivePrice }))
    .output(order),
  payFromWallet: operation({
    method: 'POST',
    path: '/payments/orders/{orderId}/wallet-payment',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Pay an open order of yours from your wallet.',
    description:
      'The page on which it could be paid otherwise is closed. Repeating it, or doing it in two tabs, pays once. Refused as `wallet_too_little` where there is not enough.',
  })
    .input(z.object({ orderId: id }))
    .output(order),
  getOrder: operation({
    method: 'GET',
    path: '/payments/orders/{orderId}',
    access: 'member',
    tags,
    summary: 'One of your orders.',
  })
    .input(z.object({ orderId: id }))
    .output(order),
  checkOrder: operation({
    method: 'POST',
    path: '/payments/orders/{orderId}/check',
    access: 'member',
    tags,
    summary: 'Ask the processor now whether an open order of yours was paid, instead of waiting to be told.',
  })
    .input(z.object({ orderId: id }))
    .output(order),
  listOrders: operation({
    method: 'GET',
    path: '/payments/orders',
    access: 'member',
    tags,
    summary: 'What you have bought, the newest first.',
  })
    .input(z.object(paging))
    .output(pageOf(order)),
  listSchoolOrders: operation({
    method: 'GET',
    path: '/payments/school-orders',
    access: 'payments.read',
    tags,
    summary: 'The orders of the school, the newest first.',
  })
    .input(z.object({ status: orderStatus.optional(), courseId: id.optional(), ...paging }))
    .output(pageOf(schoolOrder)),
  refundOrder: operation({
    method: 'POST',
    path: '/payments/orders/{orderId}/refunds',
    access: 'office:finance',
    interactive: true,
    stepUp: true,
    tags,
    successStatus: 201,
    summary: 'Give money back: all that is left, an amount, or what is left of single courses.',
    description:
      'Refused as `refund_too_large` where less is left. Access to the chosen courses goes too, and with all that was paid access to everything that was bought, unless `keepAccess` says otherwise; what the learner did is kept. In a currency that is charged in steps, what is chosen is rounded down to a step, until the last course takes the rest.',
  })
    .input(
      z.object({
        orderId: id,
        /** All that is left, without it and `courseIds`. */
        amount: positivePrice.optional(),
        /** The courses whose money goes back, instead of an amount. */
        courseIds: coursesToRefund.optional(),
        reason: refundReason,
        note: z.string().trim().max(500).default(''),
        /** Whether the buyer stays enrolled although what was paid for it has gone back. */
        keepAccess: z.boolean().default(false),
      }),
    )
    .output(schoolOrder),
}
