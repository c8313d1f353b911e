import { exponentOf, type Money, type Rounding, rounded } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'

/**
 * How many of one currency a whole unit of another is worth: `1 USD = 18.1234 ZAR` is from USD, to ZAR, 181234 to 10000.
 * A rate is kept with its day and where it is from, so that what it made can be explained later.
 */
export type Rate = {
  from: string
  to: string
  numerator: bigint
  denominator: bigint
  on: Day
  source: string
}

/** A rate from the decimal number that a source publishes. @throws RangeError for anything but a number above zero */
export function rateFrom(
  decimal: string,
  about: { from: string; to: string; on: Day; source: string },
): Rate {
  const [, whole = '', fraction = ''] = /^(\d{1,12})(?:\.(\d{1,18}))?$/.exec(decimal) ?? []
  const numerator = whole === '' ? 0n : BigInt(whole + fraction)
  if (numerator === 0n) throw new RangeError(`"${decimal.slice(0, 40)}" is not a rate.`)
  return { ...about, numerator, denominator: 10n ** BigInt(fraction.length) }
}

/** The rate the other way, exactly. */
export const inverse = ({ from, to, numerator, denominator, ...rest }: Rate): Rate => ({
  ...rest,
  from: to,
  to: from,
  numerator: denominator,
  denominator: numerator,
})

/** An exact fraction of the other currency's minor units for one minor unit; currencies differ in their digits. */
export function minorRate({ from, to, numerator, denominator }: Rate): {
  numerator: bigint
  denominator: bigint
} {
  return {
    numerator: numerator * 10n ** BigInt(exponentOf(to)),
    denominator: denominator * 10n ** BigInt(exponentOf(from)),
  }
}

/** @throws RangeError when the rate is of another currency */
export function convert({ amountMinor, currency }: Money, rate: Rate, rounding: Rounding): Money {
  if (currency !== rate.from) throw new RangeError(`A rate from ${rate.from} does not convert ${currency}.`)
  const { numerator, denominator } = minorRate(rate)
  return rounded(BigInt(amountMinor) * numerator, denominator, rate.to, rounding)
}
