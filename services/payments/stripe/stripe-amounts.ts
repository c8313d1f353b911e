import { exponentOf, type Money } from '@azora/contracts/money.ts'

/**
 * Amounts as Stripe counts them. It agrees with ISO 4217 on the minor unit of most currencies, and not of these
 * (docs.stripe.com/currencies, "Zero-decimal", "Three-decimal" and "Special cases").
 */

/** How many digits of an amount Stripe has after the decimal point, where ISO 4217 says otherwise. */
const otherDigits: Record<string, number> = { ISK: 2, UGX: 2, MGA: 0 }

/** Of those with three digits, the ones that are charged; the last digit has to be zero. */
const threeDigits = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])

export const isCharged = (currency: string): boolean => exponentOf(currency) < 3 || threeDigits.has(currency)

/** In what steps of the minor unit a currency is charged: 1, 10 for those of three digits, 100 for the ariary. */
export function stepOf(currency: string): number {
  if (threeDigits.has(currency)) return 10
  return 10 ** Math.max(0, exponentOf(currency) - digitsOf(currency))
}

const digitsOf = (currency: string): number => otherDigits[currency] ?? exponentOf(currency)

/** Whether Stripe can charge an amount exactly. Whether it is too little, Stripe says. */
export const isExact = ({ amountMinor, currency }: Money): boolean =>
  isCharged(currency) && amountMinor % stepOf(currency) === 0

/** @throws RangeError for an amount that cannot be charged exactly. */
export function toStripe({ amountMinor, currency }: Money): { amount: number; currency: string } {
  if (!isExact({ amountMinor, currency }))
    throw new RangeError(`${amountMinor} minor units of ${currency} cannot be charged exactly.`)
  const shift = digitsOf(currency) - exponentOf(currency)
  const amount = shift >= 0 ? amountMinor * 10 ** shift : amountMinor / 10 ** -shift
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amountMinor} ${currency} is too much.`)
  return { amount, currency: currency.toLowerCase() }
}

/** What Stripe charges at most, in its own units: eight digits (docs.stripe.com/currencies, "Minimum and maximum"). */
const mostCharged = 99_999_999

/** The most that can be charged in a currency. */
export const mostIn = (currency: string): Money =>
  fromStripe(mostCharged - (mostCharged % unitsOf(currency)), currency)

/** How many of Stripe's units make one step that both count exactly. */
const unitsOf = (currency: string): number => toStripe({ amountMinor: stepOf(currency), currency }).amount

/** @throws RangeError for an amount with a fraction of the minor unit. */
export function fromStripe(amount: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase()
  const shift = digitsOf(currency) - exponentOf(currency)
  const amountMinor = shift >= 0 ? amount / 10 ** shift : amount * 10 ** -shift
  if (!Number.isSafeInteger(amountMinor))
    throw new RangeError(`${amount} of Stripe in ${currency} is no whole number of minor units.`)
  return { amountMinor, currency }
}
