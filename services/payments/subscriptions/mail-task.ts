import type { DunningStep } from '@azora/billing/dunning/schedule.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'

type About = { subscriptionId: string; billId: string; about: DunningStep['step'] }

/** Tell the owner of a subscription that a payment is missing, and what happens next. */
export const missingPaymentMailTask = defineTask<About & { organizationId: string }>(
  'payments.send_missing_payment_email',
)

export function askForMail(tx: Transaction, mail: About): Promise<void> {
  const { organizationId } = tx
  return enqueue(tx, missingPaymentMailTask, { organizationId, ...mail })
}
