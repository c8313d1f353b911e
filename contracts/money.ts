/**
 * Money: an integer number of the currency's minor unit and an ISO 4217 code. No amount is ever a float, and no rule
 * about rounding stands anywhere else.
 *
 * Amounts stay within what a JavaScript number holds exactly (about 90 thousand milliards of cents); products are
 * formed with BigInt, so nothing is lost on the way. Whatever would leave that range is refused with a RangeError.
 */

/** How many digits of an amount come after the decimal point, where it is not two. ISO 4217, table A.1. */
const otherExponents: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const twoDigits =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY ' +
  'COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS ' +
  'INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR ' +
  'MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP ' +
  'STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VES VED WST XCD XCG YER ZAR ZMW ZWG'

const exponents = new Map<string, number>([
  ...twoDigits.split(' ').map((code): [string, number] => [code, 2]),
  ...Object.entries(otherExponents).flatMap(([digits, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(digits)]),
  ),
])

/** Every currency that can be used, in alphabetical order. */
export const currencyCodes: readonly string[] = [...exponents.keys()].sort()

/** An amount, which may be negative, such as a correction. `wire-money.ts` has its shapes on the wire. */
export type Money = { amountMinor: number; currency: string }
/** An amount of zero or more. */
export type Price = Money

/** How many digits come after the decimal point. @throws RangeError for a code that is not in use. */
export function exponentOf(currency: string): number {
  const digits = exponents.get(currency)
  if (digits === undefined) throw new RangeError(`${currency} is not a currency in use.`)
  return digits
}

function exact(amount: bigint | number, currency: string): Money {
  exponentOf(currency)
  const amountMinor = Number(amount)
  if (!Number.isSafeInteger(amountMinor))
    throw new RangeError(`An amount of ${amount} minor units of ${currency} cannot be held exactly.`)
  // Not -0, which compares equal to 0 and prints as "-0".
  return { amountMinor: amountMinor === 0 ? 0 : amountMinor, currency }
}

function sameCurrency(a: Money, b: Money): string {
  if (a.currency !== b.currency)
    throw new RangeError(`${a.currency} and ${b.currency} cannot be put together.`)
  return a.currency
}

export const zero = (currency: string): Money => exact(0, currency)

/** @throws RangeError when the currencies differ, or the result cannot be held exactly. So do all functions here. */
export const add = (a: Money, b: Money): Money =>
  exact(BigInt(a.amountMinor) + BigInt(b.amountMinor), sameCurrency(a, b))

export const subtract = (a: Money, b: Money): Money => add(a, negate(b))

export const negate = ({ amountMinor, currency }: Money): Money => exact(-BigInt(amountMinor), currency)

/** The sum of amounts in one currency, which is named so that an empty list has one too. */
export const sum = (amounts: readonly Money[], currency: string): Money =>
  amounts.reduce((total, amount) => add(total, amount), zero(currency))

/** Less than, equal to or more than zero as `a` is less than, equal to or more than `b`. */
export function compare(a: Money, b: Money): number {
  sameCurrency(a, b)
  return a.amountMinor - b.amountMinor
}

/**
 * How a fraction of a minor unit is rounded.
 *
 * - `half_up`: half a unit away from zero, as tax authorities and people at a till expect. The rule for prices,
 *   taxes and refunds.
 * - `half_even`: half a unit to the even neighbour, so that many roundings do not add up to a bias. For interest and
 *   averages.
 * - `down`: towards zero. For fees that must never exceed what was agreed.
 */
export type Rounding = 'half_up' | 'half_even' | 'down'

/** A share such as 15 % as a fraction of whole numbers: `{ numerator: 15, denominator: 100 }`. */
export type Ratio = { numerator: number; denominator: number }

function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor // towards zero
  const rest = dividend % divisor
  if (rest === 0n || rounding === 'down') return quotient
  const away = dividend < 0n ? -1n : 1n
  const doubled = (rest < 0n ? -rest : rest) * 2n
  if (doubled > divisor) return quotient + away
  if (doubled < divisor) return quotient
  return rounding === 'half_up' || quotient % 2n !== 0n ? quotient + away : quotient
}

/**
 * What a fraction of minor units comes to, rounded once: for sums of fractions that were kept exact until now.
 * @param divisor more than zero
 */
export function rounded(dividend: bigint, divisor: bigint, currency: string, rounding: Rounding): Money {
  if (divisor <= 0n) throw new RangeError('The divisor is more than zero.')
  return exact(divide(dividend, divisor, rounding), currency)
}

/** The amount times a ratio, rounded once. */
export function multiply({ amountMinor, currency }: Money, ratio: Ratio, rounding: Rounding): Money {
  const { numerator, denominator } = ratio
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0)
    throw new RangeError('A ratio is made of whole numbers, and its denominator is more than zero.')
  return exact(divide(BigInt(amountMinor) * BigInt(numerator), BigInt(denominator), rounding), currency)
}

/**
 * Split an amount by weights so that the parts add up to it exactly. Each part is rounded down; the units that are
 * left go, one each, to the parts with the largest remainders, the earlier part first where they are equal (the
 * method of largest remainders, Hamilton 1792). The same call always gives the same parts.
 *
 * @param weights whole numbers of zero or more, not all zero. A part of weight zero gets nothing.
 */
export function allocate({ amountMinor, currency }: Money, weights: readonly number[]): Money[] {
  if (weights.some(weight => !Number.isSafeInteger(weight) || weight < 0))
    throw new RangeError('Weights are whole numbers of zero or more.')
  const total = weights.reduce((sumOfAll, weight) => sumOfAll + BigInt(weight), 0n)
  if (total === 0n) throw new RangeError('At least one weight is more than zero.')
  const sign = amountMinor < 0 ? -1n : 1n
  const amount = BigInt(amountMinor) * sign
  const parts = weights.map((weight, at) => {
    const product = amount * BigInt(weight)
    return { at, part: product / total, rest: product % total }
  })
  const left = Number(amount - parts.reduce((given, { part }) => given + part, 0n))
  const byRemainder = [...parts].sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))
  for (const share of byRemainder.slice(0, left)) share.part += 1n
  return parts.map(({ part }) => exact(part * sign, currency))
}

/** As a decimal number without grouping: `1234.50`. What banks, CSV and other systems take. */
export function toDecimal({ amountMinor, currency }: Money): string {
  const digits = exponentOf(currency)
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const sign = amountMinor < 0 ? '-' : ''
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`
}

/**
 * From a decimal number as `toDecimal` writes it; fewer digits after the point are accepted, more are not.
 * @throws RangeError for anything else, so that no digit is lost silently.
 */
export function fromDecimal(text: string, currency: string): Money {
  const digits = exponentOf(currency)
  const parts = /^(-?)(\d{1,16})(?:\.(\d{1,4}))?$/.exec(text)
  const fraction = parts?.[3] ?? ''
  if (!parts || fraction.length > digits)
    throw new RangeError(`"${text.slice(0, 40)}" is not an amount of ${currency}.`)
  return exact(BigInt(`${parts[1]}${parts[2]}${fraction.padEnd(digits, '0')}`), currency)
}

/** As a person reads it, in their locale: `R 1 234,50`. Exact: the decimal text is formatted, not a float. */
export function formatMoney(amount: Money, locale: string): string {
  const digits = exponentOf(amount.currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(toDecimal(amount) as `${number}`)
}
