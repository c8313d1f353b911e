import { exponentOf, fromDecimal, type Money } from '@azora/contracts/money.ts'

// Whole part, in groups of three by one sign or without groups; then the other sign and the digits of the minor unit.
const typed =
  /^(?<whole>\d{1,3}(?:(?<group>[.,])\d{3})(?:\k<group>\d{3})*|\d+)(?:(?<point>[.,])(?<rest>\d*))?$/

/**
 * An amount as a person types it: with a comma or a point before the digits of the minor unit, spaces or the other sign
 * between groups of three. `1,234` is more than a thousand, but for a currency of three digits, such as the Tunisian
 * dinar, which writes its amounts so. Null where it is none, so that nothing is guessed.
 */
export function typedAmount(text: string, currency: string): Money | null {
  const parts = typed.exec(text.replace(/[\s\u00a0\u202f']/g, ''))?.groups
  if (!parts || (parts.group !== undefined && parts.group === parts.point)) return null
  const groups = (parts.whole as string).split(/[.,]/)
  const isFraction = groups.length === 2 && parts.point === undefined && exponentOf(currency) === 3
  if (isFraction) return fromDecimal(groups.join('.'), currency)
  const whole = (parts.whole as string).replace(/[.,]/g, '')
  try {
    return fromDecimal(parts.rest ? `${whole}.${parts.rest}` : whole, currency)
  } catch {
    return null
  }
}
