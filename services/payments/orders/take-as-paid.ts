import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { v7 as uuidv7 } from 'uuid'
import { grantAccess } from '../access/access.ts'
import { isDeposit } from '../deposits/deposit-order.ts'
import { takeDeposit } from '../deposits/take-deposit.ts'
import { isGift } from '../gifts/gift-order.ts'
import { openGift } from '../gifts/gift-pool.ts'
import { tellPaidTwice } from '../reconciliation/paid-twice.ts'
import { invoiceOrder } from './invoice-order.ts'
import type { OrderTools } from './order-tools.ts'
import { type Order, updatePaid } from './orders.store.ts'
import { insertPayment } from './payments.store.ts'
import { soldItems } from './shown-order.ts'

/** With what the code of a gift is sealed. */
type Opening = Pick<OrderTools, 'sealing'>

/** How the money came: by a payment at Stripe, or from what was held in the buyer's wallet. */
export type Paid = { feeMinor: number | null; processedAt: string } & (
  | { stripe: { paymentIntentId: string; chargeId: string | null } }
  | { wallet: { holdId: string } }
)

/**
 * Write down that an open order was paid, in the transaction that holds its row: the payment, its invoice, what mint
 * and education are told.
 */
export async function takeAsPaid(
  tx: Transaction,
  order: Order,
  paid: Paid,
  { sealing }: Opening,
): Promise<void> {
  const { feeMinor, processedAt } = paid
  const { currency, totalMinor, buyerId } = order
  const paymentId = uuidv7()
  const fromWallet = 'wallet' in paid ? paid.wallet : null
  const byStripe = 'stripe' in paid ? paid.stripe : null
  await updatePaid(tx, order.id, processedAt)
  await insertPayment(tx, {
    id: paymentId,
    orderId: order.id,
    paymentIntentId: byStripe?.paymentIntentId ?? null,
    chargeId: byStripe?.chargeId ?? null,
    walletHoldId: fromWallet?.holdId ?? null,
    amountMinor: totalMinor,
    feeMinor,
    processedAt,
  })
  if (byStripe && isDeposit(order)) {
    await takeDeposit(tx, order, { paymentId, stripeId: byStripe.paymentIntentId, feeMinor, processedAt })
    return
  }
  await invoiceOrder(tx, order, { method: fromWallet ? 'wallet' : 'card', on: processedAt.slice(0, 10) })
  await publish(tx, 'payments', 'payment.processed', {
    paymentId,
    organizationId: tx.organizationId,
    orderId: order.id,
    userId: buyerId,
    amount: { amountMinor: totalMinor, currency },
    fee: feeMinor === null ? null : { amountMinor: feeMinor, currency },
    items: soldItems(order),
    sandbox: order.sandbox,
    processedAt,
    ...(fromWallet ? { wallet: { reservationId: fromWallet.holdId } } : {}),
  })
  await openBought(tx, order, processedAt, sealing)
  await tellPaidTwice(tx, { orderId: order.id })
}

/** The same for an order that comes to nothing: it has an invoice and opens its courses, and no money is told of. */
export async function takeAsFree(
  tx: Transaction,
  order: Order,
  at: string,
  { sealing }: Opening,
): Promise<void> {
  await updatePaid(tx, order.id, at)
  await invoiceOrder(tx, order, { method: 'credit', on: at.slice(0, 10) })
  await openBought(tx, order, at, sealing)
}

async function openBought(tx: Transaction, order: Order, at: string, sealing: Sealing): Promise<void> {
  if (isGift(order)) return openGift(tx, order, sealing)
  const { id, buyerId, items } = order
  // A buyer who was erased while they paid has nothing to be given; their money is still to be booked.
  if (buyerId === null) return
  const reason = { userId: buyerId, source: 'order', sourceId: id } as const
  await grantAccess(
    tx,
    reason,
    items.map(({ courseId }) => courseId),
    at,
    id,
  )
}
