import { isAccepted, type RefusalCode } from '@azora/contracts/mint/transfer-codes.ts'
import { type AccountState, brokenRule, type Change } from '../accounts/balance.ts'
import {
  type BookingEntry,
  bookingEntryOf,
  differenceFrom,
  type Entry,
  entryOf,
  isSameBooking,
} from './entry.ts'
import type { Booking, Order, Outcome, Phase, Request } from './order.ts'

/**
 * What the ledger decides, without a database: transfers in their order, each on what those before it left behind. All
 * that it is given is locked or never changes, so what it checks is what is written.
 */

/** What is known when transfers are decided. It is changed as they are. */
export type Ground = {
  accounts: Map<string, AccountState>
  /** Transfers that are there already: of ids that are asked for, pending ones to resolve, ones to correct. */
  entries: Map<string, Entry>
  /** How pending transfers were resolved, by their ids. */
  resolutions: Map<string, Phase>
  bookings: Map<string, BookingEntry>
  now: Date
}

export type Decided = {
  /** For each request, what came of each of its transfers. */
  outcomes: Outcome[][]
  /** New ones, in the order in which they were made. */
  entries: Entry[]
  bookings: BookingEntry[]
}

type Undo = (() => void)[]

export function decide(ground: Ground, requests: readonly Request[]): Decided {
  const made: Pick<Decided, 'entries' | 'bookings'> = { entries: [], bookings: [] }
  return { outcomes: requests.map(request => decideRequest(ground, request, made)), ...made }
}

type Made = Pick<Decided, 'entries' | 'bookings'>

function decideRequest(ground: Ground, request: Request, made: Made): Outcome[] {
  const { transfers } = request
  const codes: Outcome['code'][] = []
  const places = Map.groupBy(transfers.keys(), at => transfers[at]?.bookingId)
  for (const [at, { bookingId }] of transfers.entries()) {
    if (codes[at]) continue
    const group = bookingId === undefined ? [at] : (places.get(bookingId) ?? [])
    const orders = group.map(place => transfers[place] as Order)
    for (const [index, code] of decideTogether(ground, request, orders, made).entries())
      codes[group[index] as number] = code
  }
  return transfers.map(({ id }, at) => ({ id, code: codes[at] as Outcome['code'] }))
}

/** One transfer, or all of a booking: when one is refused, what was made of the others is taken back. */
function decideTogether(
  ground: Ground,
  request: Request,
  orders: readonly Order[],
  made: Made,
): Outcome['code'][] {
  const id = orders[0]?.bookingId
  const booking = id === undefined ? undefined : request.bookings?.find(one => one.id === id)
  if (id !== undefined) {
    const refused = refusedBooking(ground, booking, orders)
    if (refused) return orders.map(() => refused)
  }
  const undo: Undo = []
  const madeBefore = made.entries.length
  const codes: Outcome['code'][] = []
  for (const order of orders) {
    const code = decideOne(ground, order, request.createdBy ?? null, made, undo)
    codes.push(code)
    if (isAccepted(code)) continue
    for (const step of undo.reverse()) step()
    made.entries.length = madeBefore
    return orders.map((_, at) => (at === codes.length - 1 ? code : 'linked_refused'))
  }
  if (booking && !ground.bookings.has(booking.id)) addBooking(ground, booking, request, made)
  return codes
}

function refusedBooking(
  { bookings, entries }: Ground,
  booking: Booking | undefined,
  orders: readonly Order[],
): RefusalCode | null {
  if (!booking) return 'booking_unknown'
  const there = bookings.get(booking.id)
  if (!there) return null
  if (!isSameBooking(there, booking)) return 'booking_exists_with_different_details'
  return orders.every(order => entries.has(order.id)) ? null : 'booking_closed'
}

function addBooking({ bookings, now }: Ground, booking: Booking, { createdBy }: Request, made: Made): void {
  const entry = bookingEntryOf(booking, { createdBy: createdBy ?? null, bookedAt: now })
  bookings.set(entry.id, entry)
  made.bookings.push(entry)
}

function decideOne(
  ground: Ground,
  order: Order,
  createdBy: string | null,
  made: Made,
  undo: Undo,
): Outcome['code'] {
  const there = ground.entries.get(order.id)
  if (there) return differenceFrom(there, order) ?? 'exists'
  const entry = 'pendingId' in order ? resolving(ground, order, createdBy) : moving(ground, order, createdBy)
  if (typeof entry === 'string') return entry
  const refused = change(ground, entry, undo)
  if (refused) return refused
  ground.entries.set(entry.id, entry)
  undo.push(() => ground.entries.delete(entry.id))
  if (entry.pendingId) {
    const { pendingId } = entry
    ground.resolutions.set(pendingId, entry.phase)
    undo.push(() => ground.resolutions.delete(pendingId))
  }
  made.entries.push(entry)
  return 'created'
}

function moving(
  { accounts, entries, now }: Ground,
  order: Exclude<Order, { pendingId: string }>,
  createdBy: string | null,
): Entry | RefusalCode {
  const { debitAccountId, creditAccountId } = order
  if (debitAccountId === creditAccountId) return 'accounts_same'
  const debit = accounts.get(debitAccountId)
  if (!debit) return 'debit_account_unknown'
  const credit = accounts.get(creditAccountId)
  if (!credit) return 'credit_account_unknown'
  const { currency } = debit
  if (credit.currency !== currency) return 'currencies_differ'
  const entry = entryOf(order, { currency, createdBy, bookedAt: now })
  return entry.correctsId !== null && !entries.has(entry.correctsId) ? 'corrected_unknown' : entry
}

const resolvedAs: Partial<Record<Phase, RefusalCode>> = {
  post: 'pending_posted',
  void: 'pending_voided',
  expire: 'pending_expired',
}

function resolving(
  { accounts, entries, resolutions, now }: Ground,
  order: Extract<Order, { pendingId: string }>,
  createdBy: string | null,
): Entry | RefusalCode {
  const pending = entries.get(order.pendingId)
  // One whose accounts are not locked was committed only after this request had looked for it.
  if (!pending || !accounts.has(pending.debitAccountId)) return 'pending_unknown'
  if (pending.phase !== 'pending') return 'pending_not_pending'
  const resolved = resolutions.get(pending.id)
  if (resolved) return resolvedAs[resolved] as RefusalCode
  const { debitAccountId, creditAccountId, currency, expiresAt } = pending
  // What has timed out is expired by the system alone, whether or not it has come to it yet.
  const due = expiresAt !== null && expiresAt <= now
  if (due && order.phase !== 'expire') return 'pending_expired'
  const amount = order.phase === 'post' ? (order.amount ?? pending.amount) : pending.amount
  if (amount > pending.amount) return 'pending_amount_exceeded'
  const moved = { ...order, phase: 'posted' as const, debitAccountId, creditAccountId, amount }
  const entry = entryOf(moved, { currency, createdBy, bookedAt: now })
  return { ...entry, phase: order.phase, released: pending.amount, pendingId: pending.id }
}

type Moved = Pick<Entry, 'phase' | 'amount' | 'released'>

/** By how much an entry changes the totals of its accounts: the same on the debit side of one and the credit side of the other. */
function changeOf({ phase, amount, released }: Moved): { posted: bigint; pending: bigint } {
  return {
    posted: phase === 'posted' || phase === 'post' ? amount : 0n,
    pending: phase === 'pending' ? amount : -released,
  }
}

/** What entries come to, account by account. */
export function changesBy(
  entries: readonly (Moved & Pick<Entry, 'debitAccountId' | 'creditAccountId'>)[],
): Change[] {
  const changes = new Map<string, Change>()
  const of = (id: string): Change => {
    const known = changes.get(id)
    if (known) return known
    const none = { id, debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n }
    changes.set(id, none)
    return none
  }
  for (const entry of entries) {
    const { posted, pending } = changeOf(entry)
    const debit = of(entry.debitAccountId)
    debit.debitsPosted += posted
    debit.debitsPending += pending
    const credit = of(entry.creditAccountId)
    credit.creditsPosted += posted
    credit.creditsPending += pending
  }
  return [...changes.values()]
}

/** Changes both accounts, unless that broke a rule of theirs. */
function change({ accounts }: Ground, wanted: Entry, undo: Undo): RefusalCode | null {
  const { posted, pending } = changeOf(wanted)
  const debit = accounts.get(wanted.debitAccountId) as AccountState
  const credit = accounts.get(wanted.creditAccountId) as AccountState
  const debited = {
    ...debit,
    debitsPosted: debit.debitsPosted + posted,
    debitsPending: debit.debitsPending + pending,
  }
  const credited = {
    ...credit,
    creditsPosted: credit.creditsPosted + posted,
    creditsPending: credit.creditsPending + pending,
  }
  for (const [side, account] of [
    ['debit', debited],
    ['credit', credited],
  ] as const) {
    const broken = brokenRule(account)
    if (broken) return broken === 'total_too_large' ? broken : `${side}_account_${broken}`
  }
  accounts.set(debit.id, debited)
  accounts.set(credit.id, credited)
  undo.push(() => {
    accounts.set(debit.id, debit)
    accounts.set(credit.id, credit)
  })
  return null
}
