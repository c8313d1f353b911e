import type { RefusalCode } from '@azora/contracts/mint/transfer-codes.ts'
import type { Booking, Order, Phase, Reference } from './order.ts'

/** A transfer of the journal. Amounts are minor units. */
export type Entry = {
  id: string
  phase: Phase
  debitAccountId: string
  creditAccountId: string
  amount: bigint
  /** What a pending transfer held and this one lets go; 0 where it resolves none. */
  released: bigint
  currency: string
  kind: string
  pendingId: string | null
  expiresAt: Date | null
  bookingId: string | null
  correctsId: string | null
  referenceType: string | null
  referenceId: string | null
  description: string | null
  createdBy: string | null
  bookedAt: Date
}

export type BookingEntry = Pick<
  Entry,
  'id' | 'kind' | 'referenceType' | 'referenceId' | 'description' | 'createdBy' | 'bookedAt'
> & { splitRuleId: string | null; splitVersion: number | null }

type Made = Pick<Entry, 'createdBy' | 'bookedAt'>

/** What an order that asks for no other transfer becomes. */
export function entryOf(
  order: Exclude<Order, { pendingId: string }>,
  { currency, createdBy, bookedAt }: Made & Pick<Entry, 'currency'>,
): Entry {
  const seconds = order.phase === 'pending' ? order.timeoutSeconds : undefined
  return {
    id: order.id,
    phase: order.phase,
    debitAccountId: order.debitAccountId,
    creditAccountId: order.creditAccountId,
    amount: order.amount,
    released: 0n,
    currency,
    kind: order.kind,
    pendingId: null,
    expiresAt: seconds === undefined ? null : new Date(bookedAt.getTime() + seconds * 1000),
    bookingId: order.bookingId ?? null,
    correctsId: (order.phase === 'posted' ? order.correctsId : undefined) ?? null,
    referenceType: order.reference?.type ?? null,
    referenceId: order.reference?.id ?? null,
    description: order.description ?? null,
    createdBy,
    bookedAt,
  }
}

/** What a booking becomes. */
export const bookingEntryOf = (booking: Booking, { createdBy, bookedAt }: Made): BookingEntry => ({
  id: booking.id,
  kind: booking.kind,
  description: booking.description ?? null,
  referenceType: booking.reference?.type ?? null,
  referenceId: booking.reference?.id ?? null,
  splitRuleId: booking.split?.ruleId ?? null,
  splitVersion: booking.split?.version ?? null,
  createdBy,
  bookedAt,
})

const sameReference = (
  { referenceType, referenceId }: Pick<Entry, 'referenceType' | 'referenceId'>,
  reference: Reference | undefined,
) => referenceType === (reference?.type ?? null) && referenceId === (reference?.id ?? null)

/** In what an order differs from the transfer that has its id already; null when it is the same once more. */
export function differenceFrom(entry: Entry, order: Order): RefusalCode | null {
  if (entry.phase !== order.phase) return 'transfer_exists_with_different_phase'
  if ('pendingId' in order) {
    if (entry.pendingId !== order.pendingId) return 'transfer_exists_with_different_pending'
    // Without an amount all that was pending is posted.
    const amount = order.phase === 'post' ? (order.amount ?? entry.released) : entry.amount
    if (entry.amount !== amount) return 'transfer_exists_with_different_amount'
  } else {
    if (entry.debitAccountId !== order.debitAccountId || entry.creditAccountId !== order.creditAccountId)
      return 'transfer_exists_with_different_accounts'
    if (entry.amount !== order.amount) return 'transfer_exists_with_different_amount'
    if (order.phase === 'pending') {
      const seconds = entry.expiresAt && (entry.expiresAt.getTime() - entry.bookedAt.getTime()) / 1000
      if (seconds !== (order.timeoutSeconds ?? null)) return 'transfer_exists_with_different_timeout'
    } else if (entry.correctsId !== (order.correctsId ?? null))
      return 'transfer_exists_with_different_correction'
  }
  if (entry.kind !== order.kind) return 'transfer_exists_with_different_kind'
  if (entry.bookingId !== (order.bookingId ?? null)) return 'transfer_exists_with_different_booking'
  if (!sameReference(entry, order.reference)) return 'transfer_exists_with_different_reference'
  if (entry.description !== (order.description ?? null)) return 'transfer_exists_with_different_description'
  return null
}

export const isSameBooking = (entry: BookingEntry, booking: Booking): boolean =>
  entry.kind === booking.kind &&
  entry.description === (booking.description ?? null) &&
  sameReference(entry, booking.reference) &&
  entry.splitRuleId === (booking.split?.ruleId ?? null) &&
  entry.splitVersion === (booking.split?.version ?? null)
