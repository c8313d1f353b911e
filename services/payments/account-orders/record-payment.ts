import type { Price } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { markInvoicePaid } from '../invoices/issue-invoice.ts'
import { today } from '../tax/tax-rates.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import {
  type AccountOrder,
  addPaid,
  insertOptionalInvoicePayment,
  lockOptionalAccountOrder,
  selectOptionalAccountOrder,
} from './account-orders.store.ts'
import { openOf, saidOf } from './shown-order.ts'

type Wanted = { invoiceId: string; amount: Price; paidOn: string; reference: string }

/**
 * Write down that money has come to the bank for an invoice on account.
 * @throws AppError `not_found`; `invoice_closed`; `payment_too_large`; `payment_recorded_already`; `invalid_input` for
 * another currency than the invoice's and a day that is to come.
 */
export function recordTransfer(db: Database, by: Caller, wanted: Wanted): Promise<AccountOrder> {
  const { invoiceId, amount, paidOn, reference } = wanted
  return db.in(by.actor.organizationId).transaction(async tx => {
    const order = await lockOptionalAccountOrder(tx, { invoiceId })
    if (!order) throw new AppError('not_found')
    if (amount.currency !== order.currency) throw invalidField('amount.currency', 'currency_not_taken')
    if (paidOn > today((await taxSettingsOf(tx)).settings)) throw invalidField('paidOn', 'paid_in_the_future')
    if (openOf(order) === 0) throw refusal('invoice_closed')
    if (openOf(order) < amount.amountMinor) throw refusal('payment_too_large')
    const paid = await takeInvoicePayment(tx, order, {
      id: uuidv7(),
      amount,
      method: 'transfer',
      fee: null,
      paidOn,
      reference,
      recordedBy: by.actor.userId,
    })
    if (!paid) throw refusal('payment_recorded_already')
    await recordAudit(tx, 'payments', by, {
      action: 'invoice.payment_recorded',
      subject: { kind: 'invoice', id: invoiceId, name: order.invoiceNumber },
      details: { amount, paidOn, reference },
    })
    return paid
  })
}

type Payment = {
  id: string
  amount: Price
  method: 'transfer' | 'card'
  fee: Price | null
  paidOn: string
  reference: string
  recordedBy: string | null
}

/**
 * Count money that has come for the invoice of an order that is held.
 * @returns the order as it stands then; null where the same was counted before.
 */
async function takeInvoicePayment(
  tx: Transaction,
  order: AccountOrder,
  { id, amount, fee, ...payment }: Payment,
): Promise<AccountOrder | null> {
  const { invoiceId } = order
  const { amountMinor } = amount
  if (!(await insertOptionalInvoicePayment(tx, { id, invoiceId, amountMinor, ...payment }))) return null
  await addPaid(tx, order.id, amountMinor)
  const after = await selectOptionalAccountOrder(tx, order.id)
  if (!after) throw new Error('An order on account vanished.')
  const { method, paidOn } = payment
  await publish(tx, 'payments', 'invoice.payment_recorded', {
    ...saidOf(tx.organizationId, after),
    paymentId: id,
    amount,
    open: { amountMinor: openOf(after), currency: after.currency },
    method,
    fee,
    paidOn,
    recordedAt: new Date().toISOString(),
  })
  if (openOf(after) === 0) await markInvoicePaid(tx, invoiceId, { method, on: paidOn })
  return after
}
