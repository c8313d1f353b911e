import type { Transaction } from '@azora/kit/db.ts'
import type { PaidCharge } from './paid-charges.store.ts'

/** What every event about a paid charge says. */
export const chargeSaid = (
  tx: Transaction,
  { id, billId, subscriptionId, ownerId, currency, sandbox }: PaidCharge,
  amountMinor: number,
) => ({
  chargeId: id,
  billId,
  subscriptionId,
  organizationId: tx.organizationId,
  userId: ownerId,
  amount: { amountMinor, currency },
  sandbox,
})
