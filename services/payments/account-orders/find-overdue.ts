import { daysBetween } from '@azora/billing/calendar/day.ts'
import type { Database } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import { today } from '../tax/tax-rates.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { lockOptionalAccountOrder } from './account-orders.store.ts'
import { selectMayBeOverdue, selectReminded, updateReminded } from './overdue.store.ts'
import { reminderTask } from './overdue-task.ts'
import { openOf, saidOf } from './shown-order.ts'

/** How many days after its due day an institution is reminded of an invoice. */
const reminderDays = [1, 7, 14]

/** How many reminders an invoice that is late by so many days has had by then. */
export const remindersBy = (daysLate: number): number => reminderDays.filter(days => days <= daysLate).length

/**
 * Tell of invoices on account that are late, and remind their institutions of them. It may run twice, and at once; after
 * days in which it did not run, the latest reminder alone goes out.
 */
export async function findOverdue(db: Database): Promise<void> {
  const found = await selectMayBeOverdue(db.across)
  await eachAlone(
    found,
    ({ organizationId, orderId }) => remind(db, organizationId, orderId),
    'late invoices were not looked at',
  )
}

function remind(db: Database, organizationId: string, orderId: string): Promise<void> {
  return db.in(organizationId).transaction(async tx => {
    const order = await lockOptionalAccountOrder(tx, { orderId })
    if (!order || openOf(order) === 0) return
    const daysLate = daysBetween(order.dueOn, today((await taxSettingsOf(tx)).settings))
    const reminder = remindersBy(daysLate)
    const before = await selectReminded(tx, orderId)
    if (reminder <= before) return
    await updateReminded(tx, orderId, reminder)
    if (before === 0)
      await publish(tx, 'payments', 'invoice.overdue', {
        ...saidOf(organizationId, order),
        open: { amountMinor: openOf(order), currency: order.currency },
        dueOn: order.dueOn,
        foundAt: new Date().toISOString(),
      })
    const key = `payments.send_invoice_reminder:${orderId}`
    await enqueue(tx, reminderTask, { organizationId, orderId, reminder }, { key })
  })
}
