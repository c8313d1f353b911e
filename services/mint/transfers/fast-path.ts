import type { Transaction } from '@azora/kit/db.ts'
import { changeAccounts } from '../accounts/accounts.store.ts'
import type { Change } from '../accounts/balance.ts'
import { changesBy } from './apply.ts'
import { insertBookings } from './bookings.store.ts'
import { bookingEntryOf, entryOf } from './entry.ts'
import type { Order, Request } from './order.ts'
import { insertEntries, insertExpiries, markWriting } from './transfers.store.ts'

/**
 * The way of most batches: every transfer of it will be made, in whatever order they are taken. Then one statement changes
 * all accounts, under a condition for each, and one adds all transfers. Nothing is read beforehand. Where the database finds that it is not
 * so, all is rolled back, and the ordered way (`post-transfers.ts`) decides transfer by transfer. Both come to the same.
 */

/** The batch has to be decided in order. It is thrown so that the transaction is rolled back. */
class NotFast extends Error {
  override name = 'NotFast'
}

type Move = Exclude<Order, { pendingId: string }>

/** The transfers, where nothing has to be looked up for them; else null. */
export function movesOf(requests: readonly Request[]): Move[] | null {
  const moves: Move[] = []
  const ids = new Set<string>()
  for (const { transfers, bookings = [] } of requests) {
    const named = new Set(bookings.map(booking => booking.id))
    for (const order of transfers) {
      if ('pendingId' in order || ('correctsId' in order && order.correctsId !== undefined)) return null
      if (order.debitAccountId === order.creditAccountId) return null
      if (order.bookingId !== undefined && !named.has(order.bookingId)) return null
      ids.add(order.id)
      moves.push(order)
    }
  }
  return ids.size === moves.length ? moves : null
}

// The ids as text, which sorts as PostgreSQL sorts them: in the order in which the other way locks.
const byId = (a: Change, b: Change) => (a.id < b.id ? -1 : 1)

/**
 * Make every transfer of the requests.
 *
 * An account that may not be overdrawn has to have all that the batch takes from it before anything is added, and one
 * with a limit has to have room for all that is added: so the order cannot matter.
 *
 * @throws NotFast, or what the database says to an id that is taken or a total that grows too large.
 */
export async function postFast(tx: Transaction, requests: readonly Request[], moves: readonly Move[]) {
  markWriting(tx)
  const changes = changesBy(moves.map(move => ({ ...move, released: 0n }))).sort(byId)
  const { count, currency, currencies, now } = await changeAccounts(tx, changes)
  if (count !== changes.length || currencies !== 1) throw new NotFast()
  const bookedAt = new Date(now)
  const entries = requests.flatMap(({ transfers, createdBy = null }) =>
    transfers.map(order => entryOf(order as Move, { currency, createdBy, bookedAt })),
  )
  const bookings = requests.flatMap(({ transfers, bookings: all = [], createdBy = null }) => {
    const used = new Set(transfers.map(order => order.bookingId))
    return all
      .filter(({ id }) => used.has(id))
      .map(booking => bookingEntryOf(booking, { createdBy, bookedAt }))
  })
  const timed = entries.filter(entry => entry.expiresAt !== null)
  await Promise.all([
    insertEntries(tx, entries),
    ...(bookings.length > 0 ? [insertBookings(tx, bookings)] : []),
    ...(timed.length > 0 ? [insertExpiries(tx, timed)] : []),
  ])
}
