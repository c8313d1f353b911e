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

/** What was paid: an order, or a bill of a subscription. */
export type PaidFor = { type: 'payment' | 'subscription_bill'; id: string }

type Opened = Pick<EventPayload<'dispute.opened'>, 'disputeId' | 'amount' | 'fee' | 'sandbox'>
type Closed = Pick<
  EventPayload<'dispute.closed'>,
  'disputeId' | 'amount' | 'outcome' | 'feeReturned' | 'sandbox'
>

/**
 * Book what a bank took back of a payment: until it is decided whose it is, it stands on the account of disputes, and
 * nobody's share is touched. Every id follows from the dispute's, so it may run twice.
 */
export const bookDispute = (tx: Transaction, dispute: EventPayload<'dispute.opened'>): Promise<void> =>
  bookDisputeOf(tx, { type: 'payment', id: dispute.paymentId }, dispute)

export async function bookDisputeOf(tx: Transaction, reference: PaidFor, dispute: Opened): Promise<void> {
  const { disputeId, amount, fee } = dispute
  await lockPayment(tx, reference.id)
  const cash = await cashOf(tx, dispute, amount.currency)
  const disputed = await schoolAccount(tx, 'disputes', amount.currency)
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
export function closeDispute(tx: Transaction, dispute: EventPayload<'dispute.closed'>): Promise<void> {
  const { paymentId, tax, amount, credited, back: courses } = dispute
  return closeDisputeOf(tx, { type: 'payment', id: paymentId }, dispute, async to => {
    const { received, left } = await leftOf(tx, paymentId)
    // What refunds that are on their way will give back is theirs: of that there is no credit note here.
    const taken = Math.min(amount.amountMinor, left, credited?.amountMinor ?? amount.amountMinor)
    const back = {
      paymentId,
      tax,
      courses,
      kind: 'chargeback' as const,
      ...to,
      amount: { ...amount, amountMinor: taken },
    }
    return { taken, transfers: taken === 0 ? [] : takeBack(received, back) }
  })
}

/** Where what is given back goes. */
export type BackTo = { bookingId: string; toAccountId: string }

/** @param giveBack how those who received something of it give it back, and how much that is */
export async function closeDisputeOf(
  tx: Transaction,
  reference: PaidFor,
  dispute: Closed,
  giveBack: (to: BackTo) => Promise<{ taken: number; transfers: Order[] }>,
): Promise<void> {
  const { disputeId, amount, outcome } = dispute
  await lockPayment(tx, reference.id)
  const bookingId = uuidv5('closed', disputeId)
  const found = await selectBookings(tx, [disputeId, bookingId])
  if (!found.some(({ id }) => id === disputeId)) throw new Error(`Dispute ${disputeId} is not booked.`)
  // How a loss is shared depends on what went back before it, so one that was booked is not worked out again.
  if (found.some(({ id }) => id === bookingId)) return
  const disputed = await schoolAccount(tx, 'disputes', amount.currency)
  const to = { bookingId, toAccountId: disputed.id }
  const transfers =
    outcome === 'won'
      ? await wonBack(tx, reference, dispute, { bookingId, disputedId: disputed.id })
      : await lost(tx, reference, amount, { ...to, ...(await giveBack(to)) })
  requireBooked(
    await postTransfers(tx, {
      transfers,
      bookings: [{ id: bookingId, kind: `dispute_${outcome}`, reference }],
    }),
  )
}

async function wonBack(
  tx: Transaction,
  reference: PaidFor,
  dispute: Closed,
  { bookingId, disputedId }: { bookingId: string; disputedId: string },
): Promise<Order[]> {
  const { amount, feeReturned } = dispute
  const cash = await cashOf(tx, dispute, amount.currency)
  const back = (from: 'amount' | 'fee', creditAccountId: string, { amountMinor }: Money): Order => ({
    phase: 'posted',
    id: uuidv5(from, bookingId),
    kind: from === 'fee' ? 'processor_fee' : 'dispute_won',
    bookingId,
    debitAccountId: cash.id,
    creditAccountId,
    amount: BigInt(amountMinor),
    reference,
  })
  const transfers = [back('amount', disputedId, amount)]
  if (feeReturned && feeReturned.amountMinor > 0)
    transfers.push(back('fee', (await schoolAccount(tx, 'fees', feeReturned.currency)).id, feeReturned))
  return transfers
}

async function lost(
  tx: Transaction,
  reference: PaidFor,
  amount: Money,
  { bookingId, toAccountId, taken, transfers }: BackTo & { taken: number; transfers: Order[] },
): Promise<Order[]> {
  const missing = amount.amountMinor - taken
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
      creditAccountId: toAccountId,
      amount: BigInt(missing),
      reference,
    },
  ]
}
