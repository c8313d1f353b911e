import { exponentOf } from '@azora/contracts/money.ts'

/** Sums of a ledger are decimal strings of minor units, and may be more than a number holds: formatted exactly. */
export function amountText(minor: string, currency: string, locale: string): string {
  const digits = exponentOf(currency)
  const sign = minor.startsWith('-') ? '-' : ''
  const text = minor.replace('-', '').padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const decimal = digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(decimal as `${number}`)
}
