import type { Database, Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { defineTask } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import { lockOptionalOrder } from '../orders/orders.store.ts'
import { endHold, type Hold, selectForgotten } from './holds.store.ts'

/**
 * Give up what was asked to be held, unless it has ended. Whether it is held by now need not be known: mint refuses what
 * is asked for after it was let go.
 */
export async function releaseHold(
  tx: Transaction,
  { id, orderId }: Omit<Hold, 'organizationId'>,
): Promise<void> {
  await lockOptionalOrder(tx, orderId)
  if (!(await endHold(tx, { id, orderId, state: 'released' }))) return
  const { organizationId } = tx
  await publish(tx, 'payments', 'wallet.released', { organizationId, reservationId: id })
}

export const releaseForgottenTask = defineTask('payments.release_holds', { cron: '* * * * *' })

/** What a crash between asking and taking left behind. May run twice, and beside the one that takes. */
export async function releaseForgotten(db: Database): Promise<void> {
  const release = ({ organizationId, ...hold }: Hold) =>
    db.in(organizationId).transaction(tx => releaseHold(tx, hold))
  await eachAlone(await selectForgotten(db.across), release, 'holds were not released')
}
