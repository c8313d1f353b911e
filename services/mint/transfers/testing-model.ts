import type { TransferCode } from '@azora/contracts/mint/transfer-codes.ts'
import type { Order, Outcome, Request } from './order.ts'

/**
 * What the ledger should do, in the fewest words: one transfer after another, balances as plain sums over the history. It
 * shares no line with the ledger. Slow on purpose where that makes it plain.
 */

export type ModelAccount = {
  id: string
  currency: string
  side: 'debit' | 'credit'
  mayOverdraw: boolean
  limit: bigint | null
}
type Sums = { debits: bigint; credits: bigint; heldDebits: bigint; heldCredits: bigint }
type Done = {
  order: Order
  debit: string
  credit: string
  amount: bigint
  released: bigint
  resolved: Order['phase'] | null
}

const already: Partial<Record<Order['phase'], TransferCode>> = {
  post: 'pending_posted',
  void: 'pending_voided',
  expire: 'pending_expired',
}

export class LedgerModel {
  readonly accounts: ReadonlyMap<string, ModelAccount>
  readonly sums = new Map<string, Sums>()
  readonly history = new Map<string, Done>()
  readonly #bookings = new Map<string, string>()

  constructor(accounts: readonly ModelAccount[]) {
    this.accounts = new Map(accounts.map(account => [account.id, account]))
    for (const { id } of accounts)
      this.sums.set(id, { debits: 0n, credits: 0n, heldDebits: 0n, heldCredits: 0n })
  }

  request({ transfers, bookings = [] }: Request): Outcome[] {
    const codes: (TransferCode | undefined)[] = transfers.map(() => undefined)
    transfers.forEach((order, at) => {
      if (codes[at]) return
      const places = [...transfers.keys()].filter(
        place => place === at || (order.bookingId && transfers[place]?.bookingId === order.bookingId),
      )
      const booking = bookings.find(one => one.id === order.bookingId)
      const found = this.#together(
        places.map(place => transfers[place] as Order),
        order.bookingId,
        booking && JSON.stringify(booking),
      )
      places.forEach((place, index) => {
        codes[place] = found[index]
      })
    })
    return transfers.map(({ id }, at) => ({ id, code: codes[at] as TransferCode }))
  }

  #together(orders: Order[], bookingId: string | undefined, booking: string | undefined): TransferCode[] {
    if (bookingId) {
      const all = (code: TransferCode) => orders.map(() => code)
      if (!booking) return all('booking_unknown')
      const known = this.#bookings.get(bookingId)
      if (known && known !== booking) return all('booking_exists_with_different_details')
      if (known && orders.some(order => !this.history.has(order.id))) return all('booking_closed')
    }
    if (!bookingId) return orders.map(order => this.#one(order))
    const kept = structuredClone([this.sums, this.history] as const)
    const codes: TransferCode[] = []
    for (const order of orders) {
      const code = this.#one(order)
      codes.push(code)
      if (code === 'created' || code === 'exists') continue
      const [sums, history] = kept
      this.sums.clear()
      for (const [id, value] of sums) this.sums.set(id, value)
      this.history.clear()
      for (const [id, value] of history) this.history.set(id, value)
      return orders.map((_, at) => (at === codes.length - 1 ? code : 'linked_refused'))
    }
    if (booking) this.#bookings.set(bookingId, booking)
    return codes
  }

  #one(order: Order): TransferCode {
    const done = this.history.get(order.id)
    if (done) return same(done, order)
    const way = 'pendingId' in order ? this.#resolving(order) : this.#moving(order)
    if (typeof way === 'string') return way
    const { debit, credit, amount, released } = way
    const posted = order.phase === 'posted' || order.phase === 'post' ? amount : 0n
    const held = order.phase === 'pending' ? amount : -released
    const [from, to] = [this.#of(debit), this.#of(credit)]
    const after = {
      debit: { ...from, debits: from.debits + posted, heldDebits: from.heldDebits + held },
      credit: { ...to, credits: to.credits + posted, heldCredits: to.heldCredits + held },
    }
    for (const [side, id] of [
      ['debit', debit],
      ['credit', credit],
    ] as const) {
      const rule = this.#broken(id, after[side])
      if (rule) return `${side}_account_${rule}`
    }
    this.sums.set(debit, after.debit)
    this.sums.set(credit, after.credit)
    this.history.set(order.id, { order, debit, credit, amount, released, resolved: null })
    if ('pendingId' in order) {
      const pending = this.history.get(order.pendingId) as Done
      this.history.set(order.pendingId, { ...pending, resolved: order.phase })
    }
    return 'created'
  }

  #of = (id: string) => this.sums.get(id) as Sums

  #moving(order: Exclude<Order, { pendingId: string }>) {
    const { debitAccountId: debit, creditAccountId: credit, amount } = order
    if (debit === credit) return 'accounts_same'
    if (!this.accounts.has(debit)) return 'debit_account_unknown'
    if (!this.accounts.has(credit)) return 'credit_account_unknown'
    if (this.accounts.get(debit)?.currency !== this.accounts.get(credit)?.currency) return 'currencies_differ'
    if (order.phase === 'posted' && order.correctsId && !this.history.has(order.correctsId))
      return 'corrected_unknown'
    return { debit, credit, amount, released: 0n }
  }

  #resolving(order: Extract<Order, { pendingId: string }>) {
    const pending = this.history.get(order.pendingId)
    if (!pending) return 'pending_unknown'
    if (pending.order.phase !== 'pending') return 'pending_not_pending'
    if (pending.resolved) return already[pending.resolved] as TransferCode
    const { debit, credit, amount: released } = pending
    const amount = order.phase === 'post' ? (order.amount ?? released) : released
    return amount > released ? 'pending_amount_exceeded' : { debit, credit, amount, released }
  }

  #broken(id: string, { debits, credits, heldDebits, heldCredits }: Sums): 'overdrawn' | 'over_limit' | null {
    const { side, mayOverdraw, limit } = this.accounts.get(id) as ModelAccount
    const [grown, shrunk, heldUp, heldDown] =
      side === 'credit'
        ? [credits, debits, heldCredits, heldDebits]
        : [debits, credits, heldDebits, heldCredits]
    if (!mayOverdraw && grown - shrunk - heldDown < 0n) return 'overdrawn'
    return limit !== null && grown - shrunk + heldUp > limit ? 'over_limit' : null
  }
}

/** Of what differs, what is looked at first. */
function same({ order: first, amount, released }: Done, again: Order): TransferCode {
  const differs = (what: string): TransferCode => `transfer_exists_with_different_${what}` as TransferCode
  if (first.phase !== again.phase) return differs('phase')
  if ('pendingId' in first && 'pendingId' in again) {
    if (first.pendingId !== again.pendingId) return differs('pending')
    // Without an amount, all that is pending.
    if (again.phase === 'post' && (again.amount ?? released) !== amount) return differs('amount')
  } else if (!('pendingId' in first) && !('pendingId' in again)) {
    if (first.debitAccountId !== again.debitAccountId || first.creditAccountId !== again.creditAccountId)
      return differs('accounts')
    if (first.amount !== again.amount) return differs('amount')
    if (
      first.phase === 'pending' &&
      again.phase === 'pending' &&
      first.timeoutSeconds !== again.timeoutSeconds
    )
      return differs('timeout')
    if (first.phase === 'posted' && again.phase === 'posted' && first.correctsId !== again.correctsId)
      return differs('correction')
  }
  if (first.kind !== again.kind) return differs('kind')
  if (first.bookingId !== again.bookingId) return differs('booking')
  if (JSON.stringify(first.reference) !== JSON.stringify(again.reference)) return differs('reference')
  return first.description !== again.description ? differs('description') : 'exists'
}
