/**
 * Exact fractions of whole numbers. A grade that lies on a boundary must not fall below it because 0.1 has no end in
 * binary, so nothing of a grade is counted in floating point; it is rounded once, where it is shown.
 */

export type Fraction = { top: bigint; bottom: bigint }

export const zero: Fraction = { top: 0n, bottom: 1n }

/** The decimal that a number is written as: 0.1 is a tenth, and not the binary fraction nearest to it. */
export function fractionOf(value: number): Fraction {
  if (Number.isSafeInteger(value)) return { top: BigInt(value), bottom: 1n }
  const [, sign = '', whole = '0', part = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  const power = part.length - Number(exponent)
  const top = BigInt(`${sign}${whole}${part}`)
  return power < 0 ? { top: top * 10n ** BigInt(-power), bottom: 1n } : reduced(top, 10n ** BigInt(power))
}

/** As far as a number may be from the fraction that it was: it is stored with twelve digits. */
const halfOfTwelfthDigit = 5e-12

/** Larger ones are not meant: within half of the twelfth digit there is such a fraction near nearly any number. */
const largestBottom = 10_000

/**
 * The fraction that a stored score was before it lost its end: 3.33333333333 is ten thirds. It is the simplest one that
 * is stored as this number (a convergent of its continued fraction); a number with a short end is what it is written as.
 * @param value not negative.
 */
export function fractionMeant(value: number): Fraction {
  if (Number.isInteger(value * 10_000)) return fractionOf(value)
  let [top, bottom, topBefore, bottomBefore] = [1, 0, 0, 1]
  let rest = value
  // A golden ratio has the most steps: twenty to a bottom of ten thousand.
  for (;;) {
    const whole = Math.floor(rest)
    ;[top, topBefore] = [whole * top + topBefore, top]
    ;[bottom, bottomBefore] = [whole * bottom + bottomBefore, bottom]
    if (bottom > largestBottom) return fractionOf(value)
    if (Math.abs(value - top / bottom) <= value * halfOfTwelfthDigit)
      return { top: BigInt(top), bottom: BigInt(bottom) }
    rest = 1 / (rest - whole)
  }
}

const mostInDouble = BigInt(Number.MAX_SAFE_INTEGER)

function commonDivisor(a: bigint, b: bigint): bigint {
  let [one, two] = [a < 0n ? -a : a, b]
  while (two > 0n) {
    // Nearly all numbers of a gradebook are small, and doubles divide them ten times as fast.
    if (one <= mostInDouble && two <= mostInDouble) return BigInt(smallDivisor(Number(one), Number(two)))
    ;[one, two] = [two, one % two]
  }
  return one
}

function smallDivisor(a: number, b: number): number {
  let [one, two] = [a, b]
  while (two > 0) [one, two] = [two, one % two]
  return one
}

function reduced(top: bigint, bottom: bigint): Fraction {
  if (bottom === 1n) return { top, bottom }
  const divisor = commonDivisor(top, bottom)
  return divisor > 1n ? { top: top / divisor, bottom: bottom / divisor } : { top, bottom }
}

export function commonMultiple(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / commonDivisor(a, b)) * b
}

export function sum(a: Fraction, b: Fraction): Fraction {
  if (b.top === 0n) return a
  if (a.top === 0n) return b
  if (a.bottom === b.bottom) return { top: a.top + b.top, bottom: a.bottom }
  const bottom = commonMultiple(a.bottom, b.bottom)
  return { top: a.top * (bottom / a.bottom) + b.top * (bottom / b.bottom), bottom }
}

export const product = (a: Fraction, b: Fraction): Fraction => reduced(a.top * b.top, a.bottom * b.bottom)

/** @param b not zero. */
export const quotient = (a: Fraction, b: Fraction): Fraction =>
  b.top < 0n ? reduced(-a.top * b.bottom, a.bottom * -b.top) : reduced(a.top * b.bottom, a.bottom * b.top)

/** Below zero, zero or above it, as `sort` wants it. */
export function compare(a: Fraction, b: Fraction): number {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom]
  return left < right ? -1 : left > right ? 1 : 0
}

/** To a number of decimals, half away from zero, as people round. */
export function rounded({ top, bottom }: Fraction, decimals: number): number {
  const scale = 10n ** BigInt(decimals)
  const size = top < 0n ? -top : top
  const nearest = (2n * size * scale + bottom) / (2n * bottom)
  // Both are whole: a double holds them, and their quotient is the double nearest to the decimal.
  return ((top < 0n ? -1 : 1) * Number(nearest)) / Number(scale)
}
