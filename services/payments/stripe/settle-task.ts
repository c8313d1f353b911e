import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'

/** Find out how an order and its refunds stand at Stripe. */
export const settleOrderTask = defineTask<{ organizationId: string; orderId: string }>(
  'payments.settle_order',
  { atOnce: 2, priority: 'urgent' },
)

/** Find out what has become of a payment since it came. */
export const settlePaymentTask = defineTask<{ organizationId: string; orderId: string }>(
  'payments.settle_payment',
  { atOnce: 2, priority: 'urgent' },
)

/** The same for orders that have been open for a while. */
export const settleOldTask = defineTask('payments.settle_old_orders', { cron: '* * * * *' })

/** Have an order of the school settled; however many ask while the job waits, it asks Stripe once. */
export function askToSettle(tx: Transaction, orderId: string): Promise<void> {
  const { organizationId } = tx
  return enqueue(
    tx,
    settleOrderTask,
    { organizationId, orderId },
    { key: `payments.settle_order:${orderId}` },
  )
}

/** Have what became of an order's payment looked at, as `askToSettle`. */
export function askToSettlePayment(tx: Transaction, orderId: string): Promise<void> {
  const { organizationId } = tx
  return enqueue(
    tx,
    settlePaymentTask,
    { organizationId, orderId },
    { key: `payments.settle_payment:${orderId}` },
  )
}
