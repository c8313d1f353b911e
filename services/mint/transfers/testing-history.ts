import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { Booking, Order, Request } from './order.ts'
import type { LedgerModel } from './testing-model.ts'

/** Histories of a ledger by chance: what people ask of it, sensible or not. */

const whats = ['move', 'hold', 'post', 'void', 'again', 'twisted', 'correct', 'booking'] as const

export const step = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('move' as const) },
    { weight: 5, arbitrary: fc.constantFrom(...whats) },
  ),
  from: fc.nat(10),
  to: fc.nat(10),
  amount: fc.integer({ min: 1, max: 300 }),
  pick: fc.nat(10_000),
  legs: fc.integer({ min: 1, max: 4 }),
})
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

export const batch = fc.array(step, { minLength: 1, maxLength: 100, size: 'max' })

/** Which account a number means; beyond those that there are, one that there is not. */
const accountAt = (ids: readonly string[], at: number) => ids[at] ?? '00000000-0000-7000-8000-000000000000'

/** Turns steps into requests. What they refer to is what was asked before, accepted or not. */
export class Asker {
  readonly #model: LedgerModel
  readonly #ids: readonly string[]
  readonly #asked: Order[] = []
  readonly #seed: string
  #count = 0

  constructor(model: LedgerModel, seed: string) {
    this.#model = model
    this.#ids = [...model.accounts.keys()]
    this.#seed = seed
  }

  #newId(): string {
    const hex = createHash('sha256')
      .update(`${this.#seed} ${++this.#count}`)
      .digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }

  request(step: Step): Request {
    if (step.what !== 'booking') {
      const order = this.#order(step, step.what)
      this.#asked.push(order)
      return { transfers: [order] }
    }
    const booking: Booking = { id: this.#newId(), kind: 'sale', description: `Sale ${step.pick}` }
    const transfers = Array.from({ length: step.legs }, (_, leg) => ({
      ...this.#move({ ...step, from: (step.from + leg) % 11, amount: step.amount + leg }),
      bookingId: booking.id,
    }))
    this.#asked.push(...transfers)
    // One booking in eight is not told of.
    return { transfers, bookings: step.pick % 8 === 0 ? [] : [booking] }
  }

  #move({ from, to, amount, pick }: Step): Extract<Order, { phase: 'posted' }> {
    return {
      phase: 'posted',
      id: this.#newId(),
      kind: 'payment',
      debitAccountId: accountAt(this.#ids, from),
      creditAccountId: accountAt(this.#ids, to),
      amount: BigInt(amount),
      ...(pick % 5 === 0 ? { reference: { type: 'invoice', id: String(pick) } } : {}),
      ...(pick % 7 === 0 ? { description: `No. ${pick}` } : {}),
    }
  }

  #earlier({ pick }: Step, only: (order: Order) => boolean = () => true): Order | undefined {
    const found = this.#asked.slice(-200).filter(only)
    return found[pick % found.length]
  }

  #order(step: Step, what: Exclude<Step['what'], 'booking'>): Order {
    const { amount, pick } = step
    const earlier = this.#earlier(step)
    if (!earlier || what === 'move') return this.#move(step)
    if (what === 'hold')
      return { ...this.#move(step), phase: 'pending', ...(pick % 3 === 0 ? { timeoutSeconds: 86_400 } : {}) }
    if (what === 'correct') return { ...this.#move(step), correctsId: earlier.id }
    // What belonged to a booking is asked for again without it.
    if (what === 'again') return earlier
    if (what === 'twisted') return twisted(earlier, step, this.#ids)
    const pending =
      pick % 9 === 0 ? earlier : (this.#earlier(step, order => order.phase === 'pending') ?? earlier)
    const resolving = { id: this.#newId(), kind: 'capture', pendingId: pending.id }
    if (what === 'void') return { ...resolving, phase: 'void' }
    return { ...resolving, phase: 'post', ...(pick % 2 === 0 ? { amount: BigInt(amount) } : {}) }
  }

  /** Orders that would be refused as things are: what is unknown, overdrawn or done already. */
  refusedNow(): Request[] {
    const known = this.#ids[0] as string
    const most = 2n ** 61n
    const poor = [...this.#model.accounts.values()].find(
      ({ mayOverdraw, side }) => !mayOverdraw && side === 'credit',
    )
    const move = { phase: 'posted', kind: 'payment', amount: 1n } as const
    return [
      { ...move, id: this.#newId(), debitAccountId: known, creditAccountId: known },
      { ...move, id: this.#newId(), debitAccountId: accountAt([], 0), creditAccountId: known },
      ...(poor
        ? [{ ...move, id: this.#newId(), amount: most, debitAccountId: poor.id, creditAccountId: known }]
        : []),
    ].map(order => ({ transfers: [order] }))
  }
}

/** The same id with something else. */
function twisted(order: Order, { pick, amount }: Step, ids: readonly string[]): Order {
  const changes: Partial<Order>[] = [
    { kind: 'other' },
    { description: `Other ${pick}` },
    { amount: BigInt(amount) },
  ]
  if (!('pendingId' in order)) changes.push({ debitAccountId: accountAt(ids, pick % 11) } as Partial<Order>)
  return { ...order, ...changes[pick % changes.length] } as Order
}
