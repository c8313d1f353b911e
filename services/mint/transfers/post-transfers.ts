import type { Transaction } from '@azora/kit/db.ts'
import { lockAccounts, updateTotals } from '../accounts/accounts.store.ts'
import { changesBy, decide, type Ground } from './apply.ts'
import { insertBookings, selectBookings } from './bookings.store.ts'
import type { Entry } from './entry.ts'
import type { Outcome, Request } from './order.ts'
import {
  deleteExpiries,
  insertEntries,
  insertExpiries,
  markWriting,
  selectEntries,
  selectNow,
  selectResolutions,
} from './transfers.store.ts'

/** An id was taken by a transaction that shares no account with this one: PostgreSQL is asked for it all anew. */
class IdTaken extends Error {
  override name = 'IdTaken'
  /** `serialization_failure`, for which the kit runs a transaction again. */
  readonly code = '40001'
}

const uniqueViolation = '23505'

/**
 * Book transfers in the caller's own transaction: they commit or vanish with its other work. Each is decided on what
 * those before it left behind, and by accounts that are locked until the transaction ends.
 *
 * Call it late in the transaction: anyone else who needs one of the accounts waits for its end.
 *
 * @returns what came of each; a refused one, or all of a booking of which one was refused, left nothing.
 */
export async function postTransfers(tx: Transaction, request: Request): Promise<Outcome[]> {
  return (await postAll(tx, [request]))[0] as Outcome[]
}

/** The same for several who ask at once. @returns for each of them what came of each transfer. */
export async function postAll(tx: Transaction, requests: readonly Request[]): Promise<Outcome[][]> {
  const ground = await lockGround(tx, requests)
  const { outcomes, entries, bookings } = decide(ground, requests)
  if (entries.length === 0) return outcomes
  try {
    await Promise.all([
      insertEntries(tx, entries),
      ...(bookings.length > 0 ? [insertBookings(tx, bookings)] : []),
      updateTotals(tx, changesBy(entries)),
      keepExpiries(tx, entries),
    ])
  } catch (failure) {
    if ((failure as { code?: string }).code !== uniqueViolation) throw failure
    throw new IdTaken('A transfer of this id was made at the same time.', { cause: failure })
  }
  return outcomes
}

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map(row => [row.id, row]))

/** Locks the accounts of what is asked for, and then reads what there is already. */
async function lockGround(tx: Transaction, requests: readonly Request[]): Promise<Ground> {
  const orders = requests.flatMap(request => request.transfers)
  const pendingIds = orders.flatMap(order => ('pendingId' in order ? [order.pendingId] : []))
  const pending = pendingIds.length > 0 ? await selectEntries(tx, pendingIds) : []
  const accountIds = new Set(
    [...pending, ...orders].flatMap(one =>
      'debitAccountId' in one ? [one.debitAccountId, one.creditAccountId] : [],
    ),
  )
  const correctedIds = orders.flatMap(order =>
    'correctsId' in order && order.correctsId !== undefined ? [order.correctsId] : [],
  )
  const bookingIds = requests.flatMap(request => request.bookings?.map(booking => booking.id) ?? [])
  markWriting(tx)
  // Each statement sees what was committed when it begins: these begin when the locks are held, so nothing that they
  // read of these accounts can change any more.
  const [accounts, entries, resolutions, bookings, now] = await Promise.all([
    lockAccounts(tx, [...accountIds]),
    selectEntries(tx, [...orders.map(order => order.id), ...pendingIds, ...correctedIds]),
    pendingIds.length > 0 ? selectResolutions(tx, pendingIds) : [],
    bookingIds.length > 0 ? selectBookings(tx, bookingIds) : [],
    selectNow(tx),
  ])
  return {
    accounts: byId(accounts),
    entries: byId(entries),
    resolutions: new Map(resolutions.map(({ pendingId, phase }) => [pendingId, phase])),
    bookings: byId(bookings),
    now,
  }
}

async function keepExpiries(tx: Transaction, entries: readonly Entry[]): Promise<void> {
  const timed = entries.filter(entry => entry.expiresAt !== null)
  if (timed.length > 0) await insertExpiries(tx, timed)
  const resolved = entries.flatMap(entry => (entry.pendingId ? [entry.pendingId] : []))
  if (resolved.length > 0) await deleteExpiries(tx, resolved)
}
