import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import {
  type Difference,
  selectDifferences,
  selectOptionalDifference,
  settleDifference,
} from './differences.store.ts'
import { type Reconciliation, selectReconciliations } from './reconciliations.store.ts'

export const shownReconciliation = ({ fromAt, untilAt, ...rest }: Reconciliation) => ({
  ...rest,
  from: fromAt,
  until: untilAt,
})

const shownDifference = ({ currency, expectedMinor, foundMinor, ...rest }: Difference) => ({
  ...rest,
  expected: { amountMinor: expectedMinor, currency },
  found: { amountMinor: foundMinor, currency },
})

type Page = { cursor?: string | undefined; limit: number }

export async function listReconciliations(db: Queryable, page: Page) {
  const found = await selectReconciliations(db, page)
  return { ...found, items: found.items.map(shownReconciliation) }
}

export async function listDifferences(
  db: Queryable,
  page: Page & { state?: 'open' | 'settled' | undefined },
) {
  const found = await selectDifferences(db, page)
  return { ...found, items: found.items.map(shownDifference) }
}

/** Say what was done about a difference. @throws AppError `not_found`; `conflict` for one that is settled. */
export function sayWhatWasDone(
  db: Database,
  by: Caller,
  { differenceId: id, note }: { differenceId: string; note: string },
) {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const before = await selectOptionalDifference(tx, id)
    if (!before) throw new AppError('not_found')
    if (!(await settleDifference(tx, { id, note, by: by.actor.userId }))) throw refusal('difference_settled')
    await recordAudit(tx, 'payments', by, {
      action: 'difference.settled',
      subject: before.orderId ? { kind: 'order', id: before.orderId } : undefined,
      details: { kind: before.kind, reference: before.reference },
    })
    const after = await selectOptionalDifference(tx, id)
    return shownDifference(after ?? before)
  })
}
