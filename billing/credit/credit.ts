import { compare, type Money, subtract, zero } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'

/**
 * Money that a customer has with the school already: a redeemed gift code, a credit from a change, a goodwill. It is a
 * means of payment and no discount: the tax of what is bought stays as it is (for vouchers of South Africa: VAT Act,
 * section 10, subsections 18 and 19).
 */
export type Credit = {
  id: string
  kind: 'gift' | 'credit_note' | 'proration' | 'goodwill'
  left: Money
  /** The first day on which it cannot be used any more. */
  expiresOn: Day | null
}

export type CreditUse = { id: string; kind: Credit['kind']; amount: Money }

const noEnd = '9999-12-31'

/**
 * Pay what is due from credits, those that expire first before the others, and otherwise as they were given. Credits in
 * another currency and expired ones stay where they are.
 */
export function payFrom(
  credits: readonly Credit[],
  due: Money,
  day: Day,
): { uses: CreditUse[]; stillDue: Money } {
  const usable = credits
    .filter(
      ({ left, expiresOn }) => left.currency === due.currency && (expiresOn === null || day < expiresOn),
    )
    .sort((a, b) =>
      (a.expiresOn ?? noEnd) < (b.expiresOn ?? noEnd) ? -1 : a.expiresOn === b.expiresOn ? 0 : 1,
    )
  let stillDue = compare(due, zero(due.currency)) > 0 ? due : zero(due.currency)
  const uses: CreditUse[] = []
  for (const { id, kind, left } of usable) {
    const amount = compare(left, stillDue) < 0 ? left : stillDue
    if (amount.amountMinor <= 0) continue
    uses.push({ id, kind, amount })
    stillDue = subtract(stillDue, amount)
  }
  return { uses, stillDue }
}
