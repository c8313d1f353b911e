import { Exact } from '../numeric/parse-number.ts'

/** Numbers that were drawn or computed, as they are written in questions and keys. */

type Rounding = { kind: 'decimals' | 'significant_figures'; digits: number }

/** What binary arithmetic leaves of 0.1 + 0.2 beyond these is no part of the answer. */
const figures = 12

/** Whole numbers are exact in binary, however many figures they have. */
const exactly = (value: number) => new Exact(Number.isSafeInteger(value) ? value : value.toPrecision(figures))

const withoutPlus = (text: string) => text.replace('e+', 'e')

/** A finite number as a decimal: 0.3 and not 0.30000000000000004. */
export function numberText(value: number): string {
  const exact = exactly(value)
  if (exact.isZero()) return '0'
  const size = exact.abs()
  return size.lt('1e-6') || size.gte('1e15') ? withoutPlus(exact.toExponential()) : exact.toFixed()
}

/** The same rounded half away from zero, with the zeros that say how exact it is: 2.50. */
export function roundedText(value: number, rounding: Rounding | null): string {
  if (!rounding) return numberText(value)
  const exact = exactly(value)
  const { kind } = rounding
  const digits = kind === 'decimals' ? rounding.digits : Math.max(1, rounding.digits)
  const rounded =
    kind === 'decimals'
      ? exact.toDecimalPlaces(digits, Exact.ROUND_HALF_UP)
      : exact.toSignificantDigits(digits, Exact.ROUND_HALF_UP)
  if (rounded.isZero()) return kind === 'decimals' ? new Exact(0).toFixed(digits) : '0'
  const decimals = kind === 'decimals' ? digits : digits - 1 - rounded.e
  const size = rounded.abs()
  if (size.lt('1e-6') || size.gte('1e15')) return withoutPlus(rounded.toExponential())
  return rounded.toFixed(Math.max(0, decimals))
}

export const isDecimal = (text: string): boolean => /^-?\d{1,40}(?:\.\d{1,40})?(?:e[+-]?\d{1,3})?$/.test(text)

/** Whether a text is not quite the number that it is of: a third cut somewhere, but also 0.3 of 0.1 + 0.2. */
export const isCut = (value: number, text: string): boolean =>
  Number(text) !== value && !Number.isSafeInteger(Number(text))

/** Whether it has as many figures as are written at most, so that it hardly ends there. */
export const isFull = (text: string): boolean =>
  text.replace(/e.*$/, '').replace(/\D/g, '').replace(/^0+/, '').length >= figures
