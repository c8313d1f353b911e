import { type Money, rounded } from '@azora/contracts/money.ts'

/** An exact number of minor units, such as a third of a quarter's price. The denominator is more than zero. */
export type Fraction = { numerator: bigint; denominator: bigint }

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b))

export function fraction(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n) throw new RangeError('Nothing is divided by zero.')
  const by = divisor(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { numerator: numerator / by, denominator: denominator / by }
}

export const none: Fraction = { numerator: 0n, denominator: 1n }

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

export const minus = (a: Fraction, b: Fraction): Fraction =>
  plus(a, { numerator: -b.numerator, denominator: b.denominator })

export const times = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.numerator, a.denominator * b.denominator)

/** @throws RangeError when it is divided by zero */
export const over = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator, a.denominator * b.numerator)

export const total = (all: Iterable<Fraction>): Fraction => [...all].reduce(plus, none)

/** In whole minor units, once, at the end. */
export const inMinorUnits = ({ numerator, denominator }: Fraction, currency: string): Money =>
  rounded(numerator, denominator, currency, 'half_up')

/**
 * Several numbers in whole minor units that add up to what their sum, so rounded, is: each rounded down, and what is left
 * given to those with the largest remainders.
 * @param sum what they come to; at most a unit from the exact sum
 */
export function inMinorUnitsOf(parts: readonly Fraction[], sum: Money): Money[] {
  const floored = parts.map(({ numerator, denominator }, at) => {
    const rest = ((numerator % denominator) + denominator) % denominator
    return { at, rest, denominator, whole: (numerator - rest) / denominator }
  })
  let left = BigInt(sum.amountMinor) - floored.reduce((all, { whole }) => all + whole, 0n)
  const larger = [...floored].sort((a, b) => {
    const difference = b.rest * a.denominator - a.rest * b.denominator
    return difference === 0n ? a.at - b.at : difference > 0n ? 1 : -1
  })
  for (const part of larger) {
    if (left <= 0n || part.rest === 0n) break
    part.whole += 1n
    left -= 1n
  }
  if (left !== 0n) throw new RangeError('The sum is not that of the parts.')
  return floored.map(({ whole }) => rounded(whole, 1n, sum.currency, 'half_up'))
}
