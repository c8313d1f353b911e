import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'

/** Try to be paid for a bill by the saved card. */
export const chargeBillTask = defineTask<ToCharge & { organizationId: string }>('payments.charge_bill', {
  atOnce: 2,
  priority: 'urgent',
})

/** Find out what became of a try to be paid. */
export const settleChargeTask = defineTask<{ organizationId: string; chargeId: string }>(
  'payments.settle_charge',
  { atOnce: 2, priority: 'urgent' },
)

/** Find out whether a card was left. */
export const settleCardSetupTask = defineTask<{ organizationId: string; setupId: string }>(
  'payments.settle_card_setup',
  { atOnce: 2, priority: 'urgent' },
)

export type ToCharge = {
  billId: string
  /** Another card came, or its owner confirmed, after so many failures: it is tried at once, unless it failed since. */
  renewedAfter?: number
}

export function askToCharge(tx: Transaction, { billId, renewedAfter }: ToCharge): Promise<void> {
  const { organizationId } = tx
  const job = { organizationId, billId, ...(renewedAfter === undefined ? {} : { renewedAfter }) }
  return enqueue(tx, chargeBillTask, job, { key: `payments.charge_bill:${billId}` })
}

/** However many ask while the job waits, it asks Stripe once. */
export function askToSettleCharge(tx: Transaction, chargeId: string): Promise<void> {
  const { organizationId } = tx
  return enqueue(
    tx,
    settleChargeTask,
    { organizationId, chargeId },
    { key: `payments.settle_charge:${chargeId}` },
  )
}

export function askToSettleCardSetup(tx: Transaction, setupId: string): Promise<void> {
  const { organizationId } = tx
  return enqueue(
    tx,
    settleCardSetupTask,
    { organizationId, setupId },
    { key: `payments.settle_card_setup:${setupId}` },
  )
}
