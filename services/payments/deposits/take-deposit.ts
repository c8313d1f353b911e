import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Order } from '../orders/orders.store.ts'

type Paid = { paymentId: string; stripeId: string; feeMinor: number | null; processedAt: string }

/** Tell that the money of a deposit has come: mint puts it into the wallet. No tax is charged on it, so no invoice is made. */
export async function takeDeposit(tx: Transaction, order: Order, paid: Paid): Promise<void> {
  const { currency, totalMinor, buyerId, sandbox } = order
  await publish(tx, 'payments', 'deposit.paid', {
    paymentId: paid.paymentId,
    organizationId: tx.organizationId,
    orderId: order.id,
    userId: buyerId,
    amount: { amountMinor: totalMinor, currency },
    fee: paid.feeMinor === null ? null : { amountMinor: paid.feeMinor, currency },
    sandbox,
    stripeId: paid.stripeId,
    paidAt: paid.processedAt,
  })
}
