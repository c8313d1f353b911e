import type { EventPayload } from '@azora/contracts/events.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { selectBookings } from '../transfers/bookings.store.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { cashOf, requireBooked } from './cash.ts'
import { lockPayment } from './sales.store.ts'
import { leftOf, takeBack } from './take-back.ts'

const schoolAccount = (tx: Transaction, kind: 'disputes' | 'fees' | 'bad_debts', currency: string) =>
  openAccount(tx, { kind, owner: { type: 'school' }, currency })

/**
 * Book what a bank took back of a payment: until it is decided whose it is, it stands on the account of disputes, and
 * nobody's share is touched. Every id follows from the dispute's, so it may run twice.
 */
export async function bookDispute(tx: Transaction, dispute: EventPayload<'dispute.opened'>): Promise<void> {
  const { disputeId, paymentId, amount, fee } = dispute
  await lockPayment(tx, paymentId)
  const cash = await cashOf(tx, dispute, amount.currency)
  const disputed = await schoolAccount(tx, 'disputes', amount.currency)
  const reference = { type: 'payment', id: paymentId }
  const transfers: Order[] = [
    {
      phase: 'posted',
      id: uuidv5('amount', disputeId),
      kind: 'dispute',
      bookingId: disputeId,
      debitAccountId: disputed.id,
      creditAccountId: cash.id,
      amount: BigInt(amount.amountMinor),
      reference,
    },
  ]
  if (fee && fee.amountMinor > 0)
    transfers.push({
      phase: 'posted',
      id: uuidv5('fee', disputeId),
      kind: 'processor_fee',
      bookingId: disputeId,
      debitAccountId: (await schoolAccount(tx, 'fees', fee.currency)).id,
      creditAccountId: cash.id,
      amount: BigInt(fee.amountMinor),
      reference,
    })
  requireBooked(
    await postTransfers(tx, { transfers, bookings: [{ id: disputeId, kind: 'dispute', reference }] }),
  )
}

/**
 * Book how a dispute ended. Won, the money is at the processor again. Lost, those who received something of the payment
 * give it back as for a refund; what they do not have any more is the school's loss.
 *
 * @throws Error where the dispute is not booked yet: the event is tried again.
 */
export async function closeDispute(tx: Transaction, dispute: EventPayload<'dispute.closed'>): Promise<void> {
  const { disputeId, paymentId, amount, outcome } = dispute
  await lockPayment(tx, paymentId)
  const bookingId = uuidv5('closed', disputeId)
  const found = await selectBookings(tx, [disputeId, bookingId])
  if (!found.some(({ id }) => id === disputeId)) throw new Error(`Dispute ${disputeId} is not booked.`)
  // How a loss is shared depends on what went back before it, so one that was booked is not worked out again.
  if (found.some(({ id }) => id === bookingId)) return
  const disputed = await schoolAccount(tx, 'disputes', amount.currency)
  const reference = { type: 'payment', id: paymentId }
  const transfers =
    outcome === 'won'
      ? await wonBack(tx, dispute, { bookingId, disputedId: disputed.id })
      : await lost(tx, { paymentId, amount, tax: dispute.tax, bookingId, disputedId: disputed.id })
  requireBooked(
    await postTransfers(tx, {
      transfers,
      bookings: [{ id: bookingId, kind: `dispute_${outcome}`, reference }],
    }),
  )
}

async function wonBack(
  tx: Transaction,
  dispute: EventPayload<'dispute.closed'>,
  { bookingId, disputedId }: { bookingId: string; disputedId: string },
): Promise<Order[]> {
  const { paymentId, amount, feeReturned } = dispute
  const cash = await cashOf(tx, dispute, amount.currency)
  const back = (from: 'amount' | 'fee', creditAccountId: string, { amountMinor }: Money): Order => ({
    phase: 'posted',
    id: uuidv5(from, bookingId),
    kind: from === 'fee' ? 'processor_fee' : 'dispute_won',
    bookingId,
    debitAccountId: cash.id,
    creditAccountId,
    amount: BigInt(amountMinor),
    reference: { type: 'payment', id: paymentId },
  })
  const transfers = [back('amount', disputedId, amount)]
  if (feeReturned && feeReturned.amountMinor > 0)
    transfers.push(back('fee', (await schoolAccount(tx, 'fees', feeReturned.currency)).id, feeReturned))
  return transfers
}

async function lost(
  tx: Transaction,
  of: { paymentId: string; amount: Money; tax: Money | undefined; bookingId: string; disputedId: string },
): Promise<Order[]> {
  const { paymentId, amount, tax, bookingId, disputedId } = of
  const { received, left } = await leftOf(tx, paymentId)
  const taken = Math.min(amount.amountMinor, left)
  const missing = amount.amountMinor - taken
  const transfers =
    taken === 0
      ? []
      : takeBack(received, {
          ...{ paymentId, bookingId, tax, kind: 'chargeback', toAccountId: disputedId },
          amount: { ...amount, amountMinor: taken },
        })
  if (missing === 0) return transfers
  const loss = await schoolAccount(tx, 'bad_debts', amount.currency)
  return [
    ...transfers,
    {
      phase: 'posted',
      id: uuidv5('loss', bookingId),
      kind: 'dispute_loss',
      bookingId,
      debitAccountId: loss.id,
      creditAccountId: disputedId,
      amount: BigInt(missing),
      reference: { type: 'payment', id: paymentId },
    },
  ]
}
