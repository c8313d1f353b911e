import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'

/** Find out what has become of a paid charge of a subscription. */
export const settlePaidChargeTask = defineTask<{ organizationId: string; chargeId: string }>(
  'payments.settle_paid_charge',
  { atOnce: 2, priority: 'urgent' },
)

/** However many ask while the job waits, it asks Stripe once. */
export function askToSettlePaidCharge(tx: Transaction, chargeId: string): Promise<void> {
  const { organizationId } = tx
  return enqueue(
    tx,
    settlePaidChargeTask,
    { organizationId, chargeId },
    { key: `payments.settle_paid_charge:${chargeId}` },
  )
}
