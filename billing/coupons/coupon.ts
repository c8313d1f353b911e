import { compare, type Money, type Ratio } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'

/** What is taken off prices before tax, and when. Everything about it is data. */
export type Coupon = {
  code: string
  off: { kind: 'percentage'; ratio: Ratio } | { kind: 'amount'; amount: Money }
  /** For how many billed periods from when it was redeemed; null for as long as the subscription lasts. Once is 1. */
  periods: number | null
  /** The items that it holds for; null for all. */
  items: readonly string[] | null
  /** What those items must come to. */
  minimum: Money | null
  /** By everybody together. */
  mostRedemptions: number | null
  from: Day | null
  until: Day | null
}

export type CouponRefusal =
  | 'coupon_not_yet_valid'
  | 'coupon_expired'
  | 'coupon_used_up'
  | 'coupon_for_other_items'
  | 'coupon_below_minimum'
  | 'coupon_in_another_currency'

export const holdsFor = ({ items }: Coupon, item: string): boolean => items === null || items.includes(item)

/** Whether it still holds in the period with this number, 0 being the one it was redeemed in. */
export const holdsInPeriod = ({ periods }: Coupon, number: number): boolean =>
  number >= 0 && (periods === null || number < periods)

/**
 * Why a coupon cannot be redeemed; null when it can.
 * @param redemptions how often it was redeemed before
 * @param ofItems what the items it holds for come to; null when none is bought
 */
export function refusalOf(
  coupon: Coupon,
  day: Day,
  redemptions: number,
  ofItems: Money | null,
): CouponRefusal | null {
  const { from, until, mostRedemptions, minimum, off } = coupon
  if (from !== null && day < from) return 'coupon_not_yet_valid'
  if (until !== null && day >= until) return 'coupon_expired'
  if (mostRedemptions !== null && redemptions >= mostRedemptions) return 'coupon_used_up'
  if (ofItems === null) return 'coupon_for_other_items'
  const currencies = [minimum?.currency, off.kind === 'amount' ? off.amount.currency : undefined]
  if (currencies.some(currency => currency !== undefined && currency !== ofItems.currency))
    return 'coupon_in_another_currency'
  if (minimum !== null && compare(ofItems, minimum) < 0) return 'coupon_below_minimum'
  return null
}
