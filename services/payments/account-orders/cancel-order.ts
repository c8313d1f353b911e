import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { issueCreditNote } from '../invoices/issue-credit-note.ts'
import { endPool } from '../seats/end-pool.ts'
import {
  type AccountOrder,
  lockOptionalAccountOrder,
  selectOptionalAccountOrder,
  updateCancelled,
} from './account-orders.store.ts'
import { saidOf } from './shown-order.ts'

/**
 * Cancel an order of which nothing was paid: a credit note takes its whole invoice back, and its seats end, also those
 * that people have. Repeating it changes nothing.
 *
 * @throws AppError `not_found`; `invoice_paid_in_part`
 */
export function cancelOrder(
  db: Database,
  by: Caller,
  { orderId, note }: { orderId: string; note: string },
): Promise<AccountOrder> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const order = await lockOptionalAccountOrder(tx, { orderId })
    if (!order) throw new AppError('not_found')
    if (order.cancelledAt !== null) return order
    if (order.paidMinor > 0) throw refusal('invoice_paid_in_part')
    const at = new Date().toISOString()
    const credit = await issueCreditNote(tx, {
      invoiceId: order.invoiceId,
      about: { type: 'account_order', id: order.id, key: 'cancelled' },
      credited: 'rest',
    })
    await updateCancelled(tx, order.id, { creditedMinor: credit.totalMinor, at })
    await endPool(tx, by, order.poolId)
    const money = (amountMinor: number) => ({ amountMinor, currency: order.currency })
    await publish(tx, 'payments', 'invoice.cancelled', {
      ...saidOf(tx.organizationId, order),
      creditNoteId: credit.id,
      total: money(credit.totalMinor),
      tax: money(credit.taxMinor),
      cancelledAt: at,
    })
    await recordAudit(tx, 'payments', by, {
      action: 'invoice.cancelled',
      subject: { kind: 'invoice', id: order.invoiceId, name: order.invoiceNumber },
      details: { creditNote: credit.number, note },
    })
    const cancelled = await selectOptionalAccountOrder(tx, orderId)
    if (!cancelled) throw new Error('An order on account vanished.')
    return cancelled
  })
}
