import { leaveProcess } from '@azora/kit/context.ts'
import type { Transaction } from '@azora/kit/db.ts'
import type { Stripe } from 'stripe'
import { v7 as uuidv7 } from 'uuid'
import { selectDisputesOf } from '../disputes/disputes.store.ts'
import { takeDispute } from '../disputes/take-dispute.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { lockOptionalOrder, selectOptionalOrder } from '../orders/orders.store.ts'
import { type Payment, selectOptionalPayment } from '../orders/payments.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { itemsOfAmount } from '../refunds/refund-items.ts'
import { type Refund, reserveRefund, selectRefundsOf } from '../refunds/refunds.store.ts'
import { takeRefund, updateRefunded } from '../refunds/take-refund.ts'
import { endOf, reasonOf, refundsAndDisputes } from './afterwards.ts'
import { fromStripe } from './stripe-amounts.ts'

/**
 * Ask Stripe what has become of a payment since it came: refunds, also those that were made in Stripe's own pages or that a
 * bank has sent back, and disputes. What differs from what is known here is written down and told, once.
 */
export async function settlePayment(
  tools: OrderTools,
  organizationId: string,
  orderId: string,
): Promise<void> {
  const school = tools.db.in(organizationId)
  // What came with the payment may be told before the payment is written down.
  if ((await selectOptionalOrder(school, orderId))?.status === 'open')
    await settleOrder(tools, organizationId, orderId)
  const [order, payment] = await Promise.all([
    selectOptionalOrder(school, orderId),
    selectOptionalPayment(school, orderId),
  ])
  const intentId = payment?.stripePaymentIntentId ?? null
  if (!order || !payment || intentId === null) return
  // The sandbox knows nothing of Stripe's payments, nor Stripe of the sandbox's.
  if (order.sandbox !== tools.stripe.sandbox) return
  await leaveProcess('Asking what became of a payment')
  const stripe = await tools.stripe.open()
  const { refunds, disputes } = await refundsAndDisputes(stripe, intentId)
  if (refunds.length === 0 && disputes.length === 0) return
  await school.transaction(async tx => {
    await lockOptionalOrder(tx, orderId)
    for (const told of refunds) await takeFoundRefund(tx, { payment, orderId, told })
    for (const told of disputes) {
      const held = await selectOptionalOrder(tx, orderId)
      if (!held) throw new Error('The order of a payment vanished.')
      await takeDispute(tx, { order: held, payment, known: await selectDisputesOf(tx, payment.id) }, told)
    }
    const after = await selectOptionalOrder(tx, orderId)
    if (after)
      await updateRefunded(tx, { order: after, paymentId: payment.id, keepsAccess: false, ofCourses: false })
  })
}

async function takeFoundRefund(
  tx: Transaction,
  { payment, orderId, told }: { payment: Payment; orderId: string; told: Stripe.Refund },
): Promise<void> {
  const known = await selectRefundsOf(tx, payment.id)
  const ours = known.find(one => one.stripeRefundId === told.id || one.id === told.metadata?.azora_refund)
  const ended = endOf(told)
  if (!ours && ended === 'failed') return
  const refund = ours ?? (await insertFound(tx, payment, orderId, told))
  // Set aside by refunds that are on their way and that Stripe will refuse; found again when those have ended.
  if (!refund || ended === null) return
  await takeRefund(tx, refund, { status: ended, stripeRefundId: told.id })
}

/** A refund that nobody here asked for. @returns null where less than that is left. */
async function insertFound(
  tx: Transaction,
  payment: Payment,
  orderId: string,
  told: Stripe.Refund,
): Promise<Refund | null> {
  const amount = fromStripe(told.amount, told.currency)
  const { amountMinor } = amount
  const order = await selectOptionalOrder(tx, orderId)
  if (!order) throw new Error('The order of a refund vanished.')
  const id = uuidv7()
  const made = await reserveRefund(tx, {
    id,
    paymentId: payment.id,
    amountMinor,
    items: itemsOfAmount(order, amount),
    ofCourses: false,
    reason: reasonOf(told),
    note: '',
    keepsAccess: false,
    requestedBy: null,
    stripeRefundId: told.id,
  })
  if (!made) return null
  return {
    id,
    paymentId: payment.id,
    orderId,
    amountMinor,
    status: 'pending',
    stripePaymentIntentId: payment.stripePaymentIntentId,
    stripeRefundId: told.id,
    keepsAccess: false,
    ofCourses: false,
    madeAtStripe: true,
  }
}
