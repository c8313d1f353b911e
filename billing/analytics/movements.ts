import { type Money, subtract } from '@azora/contracts/money.ts'
import { addDays, type Day } from '../calendar/day.ts'
import { type Fraction, inMinorUnits, inMinorUnitsOf, minus, none, plus, total } from './fraction.ts'
import { type MrrHistory, mrrByCustomer, mrrOn, type Worth } from './mrr.ts'

/**
 * Why monthly recurring revenue is another than it was, by customer and day: new (their first), reactivation (again
 * after nothing), expansion, contraction, churn (nothing any more). What happens within a day counts as it stands in the
 * evening.
 */
export const movementKinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const

export type MovementKind = (typeof movementKinds)[number]

/** Opening and closing are those of the evenings of the two days. Contraction and churn are less than zero. */
export type Movements = { opening: Fraction; closing: Fraction } & Record<MovementKind, Fraction>

function kindOfMovement(before: Fraction, after: Fraction, paidBefore: boolean): MovementKind | null {
  const { numerator: change } = minus(after, before)
  if (change === 0n) return null
  if (before.numerator === 0n) return paidBefore ? 'reactivation' : 'new'
  if (after.numerator === 0n) return 'churn'
  return change > 0n ? 'expansion' : 'contraction'
}

/** What a customer came to on each evening on which that changed, from the first day they ever paid. */
function evenings(histories: readonly MrrHistory[], worth: Worth): { on: Day; mrr: Fraction }[] {
  const days = new Set(histories.flatMap(({ changes }) => changes.map(({ on }) => on)))
  return [...days].sort().map(on => ({ on, mrr: total(histories.map(one => mrrOn(one, on, worth))) }))
}

/**
 * The movements after the evening of one day up to the evening of another. Those of two stretches of days add up to those
 * of both together, and opening and movements to closing, exactly.
 */
export function movementsBetween(
  histories: readonly MrrHistory[],
  from: Day,
  to: Day,
  worth: Worth,
): Movements {
  const moves: Record<MovementKind, Fraction> = {
    new: none,
    expansion: none,
    contraction: none,
    churn: none,
    reactivation: none,
  }
  for (const own of Map.groupBy(histories, ({ customer }) => customer).values()) {
    let before = none
    let paidBefore = false
    for (const { on, mrr } of evenings(own, worth)) {
      const kind = kindOfMovement(before, mrr, paidBefore)
      if (kind && on > from && on <= to) moves[kind] = plus(moves[kind], minus(mrr, before))
      before = mrr
      paidBefore ||= mrr.numerator !== 0n
    }
  }
  const at = (day: Day) => total(mrrByCustomer(histories, day, worth).values())
  return { opening: at(from), closing: at(to), ...moves }
}

/** What opening and movements leave to closing: nothing. */
export const differenceOf = ({ opening, closing, ...moves }: Movements): Fraction =>
  minus(closing, plus(opening, total(movementKinds.map(kind => moves[kind]))))

/** In whole minor units, which add up as the exact ones do. */
export function shown(
  movements: Movements,
  currency: string,
): { opening: Money; closing: Money } & Record<MovementKind, Money> {
  const opening = inMinorUnits(movements.opening, currency)
  const closing = inMinorUnits(movements.closing, currency)
  const parts = inMinorUnitsOf(
    movementKinds.map(kind => movements[kind]),
    subtract(closing, opening),
  )
  const moves = Object.fromEntries(movementKinds.map((kind, at) => [kind, parts[at]]))
  return { opening, closing, ...(moves as Record<MovementKind, Money>) }
}

/** The evenings at the ends of a month, for `movementsBetween`. @param month `2026-11` */
export function monthOf(month: string): { from: Day; to: Day } {
  const first = `${month}-01`
  const next = addDays(first, 31).slice(0, 7)
  return { from: addDays(first, -1), to: addDays(`${next}-01`, -1) }
}
