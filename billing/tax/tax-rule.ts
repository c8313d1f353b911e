import type { Ratio } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'

/**
 * - `standard`: at the rate.
 * - `zero_rated`: taxed at nothing (exports), which is not the same as
 * - `exempt`: outside the tax; in South Africa what an educational institution teaches (VAT Act 89 of 1991, section
 *   12 h).
 * - `reverse_charge`: the customer owes the tax to their own authority (EU directive 2006/112/EC, articles 194 to 196).
 */
export type TaxCategory = 'standard' | 'zero_rated' | 'exempt' | 'reverse_charge'

/** A rate of a jurisdiction, from one day and until before another; null while no end is known. */
export type TaxRule = {
  /** ISO 3166 code of the country, or of its subdivision. */
  jurisdiction: string
  rate: Ratio
  from: Day
  until: Day | null
}

const nothing: Ratio = { numerator: 0, denominator: 100 }

/**
 * The rate that holds on the day of supply.
 * @throws RangeError when no rule, or more than one, holds there: a rate is never guessed
 */
export function rateOn(
  rules: readonly TaxRule[],
  jurisdiction: string,
  category: TaxCategory,
  day: Day,
): Ratio {
  if (category !== 'standard') return nothing
  const [rule, other] = rules.filter(
    ({ jurisdiction: where, from, until }) =>
      where === jurisdiction && from <= day && (until === null || day < until),
  )
  if (!rule || other)
    throw new RangeError(`${other ? 'More than one' : 'No'} tax rate of ${jurisdiction} holds on ${day}.`)
  return rule.rate
}
