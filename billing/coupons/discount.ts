import { allocate, compare, type Money, multiply, negate, subtract, sum } from '@azora/contracts/money.ts'
import { type Coupon, holdsFor } from './coupon.ts'

/** What a coupon takes off a line: less than zero. */
export type Discount = { coupon: string; amount: Money }

/** @throws RangeError unless at most all of it is taken off */
function takenOff({ off }: Coupon, of: Money): Money {
  if (off.kind === 'amount') {
    if (off.amount.amountMinor < 0) throw new RangeError('A coupon takes off nothing or more.')
    return compare(off.amount, of) > 0 ? of : off.amount
  }
  const { numerator, denominator } = off.ratio
  if (numerator < 0 || numerator > denominator) throw new RangeError('A coupon takes off 0 to 100 per cent.')
  return multiply(of, off.ratio, 'half_up')
}

/**
 * What coupons take off the lines, in the order in which they were given: the second from what the first has left. The
 * reduction of all lines together is rounded once and split over them by largest remainder, so it is the percentage of
 * their sum that a person works out. Credits among the lines are not reduced, and nothing falls below zero.
 *
 * The price that is reduced is the one that was set: without tax, or with it. Tax is on what is left.
 */
export function discountsOf(
  coupons: readonly Coupon[],
  lines: readonly { item: string; amount: Money; reducible?: boolean }[],
  currency: string,
): Discount[][] {
  const left = lines.map(({ amount }) => amount)
  const discounts: Discount[][] = lines.map(() => [])
  for (const coupon of coupons) {
    const places = lines.flatMap(({ item, reducible = true }, at) => {
      const amount = left[at]
      return reducible && holdsFor(coupon, item) && amount && amount.amountMinor > 0 ? [{ at, amount }] : []
    })
    if (places.length === 0) continue
    const amounts = places.map(({ amount }) => amount)
    const parts = allocate(
      takenOff(coupon, sum(amounts, currency)),
      amounts.map(({ amountMinor }) => amountMinor),
    )
    for (const [number, { at, amount }] of places.entries()) {
      const part = parts[number] as Money
      left[at] = subtract(amount, part)
      if (part.amountMinor > 0) discounts[at]?.push({ coupon: coupon.code, amount: negate(part) })
    }
  }
  return discounts
}

/**
 * What coupons leave of the price of one item. It is this price that stands in the timeline of a subscription: unused time
 * of a plan at half its price gives back half of it.
 */
export function priceAfter(coupons: readonly Coupon[], item: string, price: Money): Money {
  const [discounts = []] = discountsOf(coupons, [{ item, amount: price }], price.currency)
  return sum([price, ...discounts.map(({ amount }) => amount)], price.currency)
}
