import type { Queryable } from '@azora/kit/db.ts'
import { type PaidTwice, selectPaidTwice } from '../orders/overlaps.store.ts'
import { upsertDifference } from './differences.store.ts'

/**
 * Two orders with a course in common are not open at once; where both were paid all the same, the later one is for a person
 * to look at: which of the two the buyer wants to keep, only they know.
 */
export async function tellPaidTwice(
  db: Queryable,
  among: Parameters<typeof selectPaidTwice>[1],
): Promise<void> {
  for (const twice of await selectPaidTwice(db, among)) await tell(db, twice)
}

const tell = (db: Queryable, { orderId, paidAt, amountMinor, currency }: PaidTwice) =>
  upsertDifference(db, {
    kind: 'paid_twice',
    orderId,
    subscriptionId: null,
    reference: orderId,
    aboutAt: paidAt,
    expected: { amountMinor, currency },
    foundMinor: 0,
  })
