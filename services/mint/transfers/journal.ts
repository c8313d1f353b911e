import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { sequenceOf } from '../accounts/statement.ts'
import { selectBookings } from './bookings.store.ts'
import type { BookingEntry } from './entry.ts'
import {
  type JournalFilter,
  type StoredTransfer,
  selectOfBooking,
  selectOptionalTransfer,
  selectRelated,
  selectTransfers,
} from './journal.store.ts'

const referenceOf = (stored: { referenceType: string | null; referenceId: string | null }) =>
  stored.referenceType === null || stored.referenceId === null
    ? null
    : { type: stored.referenceType, id: stored.referenceId }

/** One transfer's amount is what a number holds exactly: more is refused on its way in. */
function shownTransfer(stored: StoredTransfer) {
  const { amount, bookedAt, released: _, referenceType: __, referenceId: ___, ...shown } = stored
  return { ...shown, at: bookedAt, amountMinor: Number(amount), reference: referenceOf(stored) }
}

const shownBooking = (booking: BookingEntry) => {
  const { bookedAt, referenceType: _, referenceId: __, ...shown } = booking
  return { ...shown, at: bookedAt.toISOString(), reference: referenceOf(booking) }
}

/** The journal, newest first. @throws AppError `invalid_input` for a cursor of another list. */
export async function listTransfers(
  db: Queryable,
  { cursor, limit, ...filter }: JournalFilter & { cursor?: string | undefined; limit: number },
) {
  const found = await selectTransfers(db, { ...filter, before: sequenceOf(cursor), limit: limit + 1 })
  const items = found.slice(0, limit).map(shownTransfer)
  return { items, nextCursor: found.length > limit ? String(items.at(-1)?.sequence) : null }
}

/** @throws AppError `not_found` */
export async function getTransfer(db: Queryable, transferId: string) {
  const stored = await selectOptionalTransfer(db, transferId)
  if (!stored) throw new AppError('not_found')
  const [booking] = stored.bookingId === null ? [] : await selectBookings(db, [stored.bookingId])
  const related = await selectRelated(db, stored)
  return {
    transfer: shownTransfer(stored),
    booking: booking ? shownBooking(booking) : null,
    related: related.map(shownTransfer),
  }
}

/** @throws AppError `not_found` */
export async function getBooking(db: Queryable, bookingId: string) {
  const [booking] = await selectBookings(db, [bookingId])
  if (!booking) throw new AppError('not_found')
  return {
    booking: shownBooking(booking),
    transfers: (await selectOfBooking(db, bookingId)).map(shownTransfer),
  }
}
