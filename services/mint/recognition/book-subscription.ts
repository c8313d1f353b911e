import type { EventPayload } from '@azora/contracts/events.ts'
import type { AccountKind } from '@azora/contracts/mint/account-kinds.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { type Owner, openAccount } from '../accounts/open-account.ts'
import { cashOf, requireBooked } from '../sales/cash.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { insertSchedules } from './recognition.store.ts'

type Paid = EventPayload<'subscription.invoice_paid'>

/**
 * Book what was billed of a subscription and is settled. All of it goes through what customers owe, which it leaves as it
 * was: the service is owed to the customer until its days are over, the tax to the state, and what is kept for the
 * customer to them. Every id follows from the bill's, so it may run twice.
 */
export async function bookSubscription(tx: Transaction, told: Paid): Promise<void> {
  const { billId, subscriptionId, userId, fee, services } = told
  const { currency } = told.total
  const reference = { type: 'subscription_bill', id: billId }
  const school: Owner = { type: 'school' }
  const account = async (kind: AccountKind, owner: Owner = school) =>
    (await openAccount(tx, { kind, owner, currency })).id
  const receivable = await account('receivable')
  const transfers: Order[] = []
  const move = (name: string, debitAccountId: string, creditAccountId: string, amountMinor: number) => {
    if (amountMinor === 0) return
    transfers.push({
      phase: 'posted',
      id: uuidv5(name, billId),
      kind: name,
      bookingId: uuidv5('booking', billId),
      // Less than zero goes the other way.
      debitAccountId: amountMinor > 0 ? debitAccountId : creditAccountId,
      creditAccountId: amountMinor > 0 ? creditAccountId : debitAccountId,
      amount: BigInt(Math.abs(amountMinor)),
      reference,
    })
  }
  const net = told.total.amountMinor - told.tax.amountMinor
  if (net !== 0) move('subscription_service', receivable, await account('deferred_revenue'), net)
  if (told.tax.amountMinor !== 0) move('tax', receivable, await account('tax_payable'), told.tax.amountMinor)
  const cash = (await cashOf(tx, told, currency)).id
  move('subscription_payment', cash, receivable, told.paid.amountMinor)
  if (fee && fee.amountMinor > 0) move('processor_fee', await account('fees'), cash, fee.amountMinor)
  if (told.credited.amountMinor > 0 || told.creditUsed.amountMinor > 0) {
    // What is kept for a person whose account is gone is the school's to look at.
    const credit = userId
      ? await account('customer_credit', { type: 'person', id: userId })
      : await account('suspense')
    move('credit_given', receivable, credit, told.credited.amountMinor)
    move('credit_used', credit, receivable, told.creditUsed.amountMinor)
  }
  if (transfers.length > 0)
    requireBooked(
      await postTransfers(tx, {
        transfers,
        bookings: [{ id: uuidv5('booking', billId), kind: 'subscription', reference }],
      }),
    )
  const schedules = services.flatMap(({ net: { amountMinor }, from, until }, part) =>
    amountMinor === 0
      ? []
      : [{ billId, part, subscriptionId, currency, amountMinor, serviceFrom: from, serviceUntil: until }],
  )
  if (schedules.length > 0) await insertSchedules(tx, schedules)
}
