import { type Money, toDecimal } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Stripe } from 'stripe'
import { v7 as uuidv7 } from 'uuid'
import { endAccess } from '../access/access.ts'
import { isDeposit } from '../deposits/deposit-order.ts'
import { endDepositRefund, holdDeposit, keepHeldDeposit } from '../deposits/refund-deposit.ts'
import { creditRefund } from '../orders/invoice-order.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { lockOptionalOrder, type Order, selectOptionalOrder, updateStatus } from '../orders/orders.store.ts'
import {
  endRefund,
  type Refund,
  releaseRefund,
  reserveRefund,
  selectOptionalPayment,
  selectOptionalRefund,
  selectRefundedForCertain,
  updateRefundAsked,
} from '../orders/payments.store.ts'
import { soldItems } from '../orders/shown-order.ts'
import { askToSettle } from '../stripe/settle-task.ts'
import { stepOf, toStripe } from '../stripe/stripe-amounts.ts'
import { isRefused, markOf } from '../stripe/stripe-door.ts'
import { releaseHold } from '../wallet/release-hold.ts'

type Wish = {
  orderId: string
  amount?: Money | undefined
  reason: string
  note: string
  keepAccess?: boolean
}

/**
 * Give money back. What is to go back is set aside first, in one statement that refuses more than is left, so of two
 * refunds at once no more goes back than has come. Then Stripe is asked, under the refund's own id; where it does not
 * answer, the job that is enqueued with the refund asks again. What was paid from a wallet goes back there, by the ledger
 * alone; of a deposit, what goes back to the card is held in the wallet before.
 *
 * @throws AppError `not_found`; `conflict` for an order that was not paid, or a wallet with too little; `refund_too_large`.
 */
export async function refundOrder(
  tools: OrderTools,
  by: AskingCaller,
  { orderId, amount, reason, note, keepAccess = false }: Wish,
): Promise<Order> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const refundId = uuidv7()
  const held = await holdDeposit(school, by, { refundId, orderId, amount })
  const reserve = school.transaction(async tx => {
    if (!(await lockOptionalOrder(tx, orderId))) throw new AppError('not_found')
    const order = await selectOptionalOrder(tx, orderId)
    const payment = await selectOptionalPayment(tx, orderId)
    if (!order || !payment) throw refusal('order_not_paid')
    if (amount && amount.currency !== order.currency)
      throw invalidField('amount.currency', 'currency_not_taken')
    const wanted = held?.amount ?? amount
    const amountMinor = wanted?.amountMinor ?? payment.amountMinor - payment.refundedMinor
    const step = stepOf(order.currency)
    if (amountMinor % step !== 0) {
      const values = { step: toDecimal({ amountMinor: step, currency: order.currency }) }
      throw invalidField('amount.amountMinor', 'amount_not_charged', { values })
    }
    const reserved =
      amountMinor > 0 &&
      (await reserveRefund(tx, {
        id: refundId,
        paymentId: payment.id,
        amountMinor,
        reason,
        note,
        keepsAccess: keepAccess,
        requestedBy: userId,
      }))
    if (!reserved) throw new AppError('refund_too_large')
    await recordAudit(tx, 'payments', by, {
      action: 'order.refunded',
      subject: { kind: 'order', id: orderId },
      details: { amountMinor, currency: order.currency, reason },
    })
    if (held) await keepHeldDeposit(tx, held)
    if (payment.stripePaymentIntentId !== null) return askToSettle(tx, orderId)
    const refund = await selectOptionalRefund(tx, refundId)
    if (refund) await takeRefund(tx, refund, { status: 'succeeded', stripeRefundId: null })
  })
  await reserve.catch(async failure => {
    if (held) await school.transaction(tx => releaseHold(tx, held))
    throw failure
  })
  // Whatever keeps Stripe from it, the refund stands, and the job goes on with it and logs why: who were told that it
  // failed would ask for another.
  await pursueRefund(tools, organizationId, refundId).catch(() => {})
  const order = await selectOptionalOrder(school, orderId)
  if (!order) throw new AppError('not_found')
  return order
}

/** Ask Stripe for a pending refund, or how it stands, and write down what it has come to. Safe to repeat. */
export async function pursueRefund(
  tools: OrderTools,
  organizationId: string,
  refundId: string,
): Promise<void> {
  const school = tools.db.in(organizationId)
  const refund = await selectOptionalRefund(school, refundId)
  if (refund?.status !== 'pending') return
  const order = await selectOptionalOrder(school, refund.orderId)
  // The sandbox knows nothing of Stripe's refunds; that it refuses says nothing about them.
  if (!order || (tools.stripe.sandbox && !order.sandbox)) return
  await leaveProcess('Giving money back')
  const stripe = await tools.stripe.open()
  const told = await askFor(stripe, refund, order, organizationId).catch(failure => {
    // Nothing is left there to give back, or the charge cannot be refunded: it never will be.
    if (isRefused(failure)) return null
    throw failure
  })
  if (told === null) {
    await school.transaction(tx => takeRefund(tx, refund, { status: 'failed', stripeRefundId: null }))
  } else if (told.status === 'succeeded' || told.status === 'failed' || told.status === 'canceled') {
    const status = told.status === 'succeeded' ? 'succeeded' : 'failed'
    await school.transaction(tx => takeRefund(tx, refund, { status, stripeRefundId: told.id }))
  } else await updateRefundAsked(school, refundId, told.id)
}

/**
 * The refund at Stripe, made now unless it is there. Stripe forgets keys after some days, so what was asked for before
 * is looked for by our own mark first.
 */
async function askFor(stripe: Stripe, refund: Refund, order: Order, organizationId: string) {
  if (refund.stripeRefundId) return stripe.refunds.retrieve(refund.stripeRefundId)
  const { stripePaymentIntentId, amountMinor } = refund
  if (stripePaymentIntentId === null)
    throw new Error(`Refund ${refund.id} is of a wallet, and still pending.`)
  for await (const made of stripe.refunds.list({ payment_intent: stripePaymentIntentId, limit: 100 }))
    if (made.metadata?.azora_refund === refund.id) return made
  return stripe.refunds.create(
    {
      payment_intent: stripePaymentIntentId,
      amount: toStripe({ amountMinor, currency: order.currency }).amount,
      metadata: { ...markOf(organizationId, order.id), azora_refund: refund.id },
    },
    { idempotencyKey: `refund-${refund.id}` },
  )
}

async function takeRefund(
  tx: Transaction,
  refund: Refund,
  ended: { status: 'succeeded' | 'failed'; stripeRefundId: string | null },
): Promise<void> {
  await lockOptionalOrder(tx, refund.orderId)
  if (!(await endRefund(tx, refund.id, ended))) return
  const order = await selectOptionalOrder(tx, refund.orderId)
  if (!order) throw new Error('The order of a refund vanished.')
  if (ended.status === 'failed') await releaseRefund(tx, refund.paymentId, refund.amountMinor)
  if (isDeposit(order)) await endDepositRefund(tx, order, refund, ended.status)
  if (ended.status === 'failed') return
  const whole = (await selectRefundedForCertain(tx, refund.paymentId)) === order.totalMinor
  if (whole) {
    await updateStatus(tx, order.id, 'refunded')
    const reason = { userId: order.buyerId ?? '', source: 'order', sourceId: order.id } as const
    if (order.buyerId && !refund.keepsAccess) await endAccess(tx, reason, new Date().toISOString())
  }
  if (isDeposit(order)) return
  const { currency } = order
  const note = await creditRefund(tx, order, refund)
  await publish(tx, 'payments', 'refund.processed', {
    refundId: refund.id,
    paymentId: refund.paymentId,
    organizationId: tx.organizationId,
    orderId: order.id,
    userId: order.buyerId,
    amount: { amountMinor: refund.amountMinor, currency },
    whole,
    ...(note ? { tax: { amountMinor: note.taxMinor, currency } } : {}),
    items: soldItems(order),
    sandbox: order.sandbox,
    processedAt: new Date().toISOString(),
    ...(refund.stripePaymentIntentId === null ? { toWallet: true } : {}),
  })
}
