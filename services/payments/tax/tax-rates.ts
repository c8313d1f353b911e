import { type Day, dayAt } from '@azora/billing/calendar/day.ts'
import type { TaxRule } from '@azora/billing/tax/tax-rule.ts'
import type { TaxSettings } from '@azora/contracts/payments/tax.ts'

/** The rates of a school as the rules of billing have them. */
export const rulesOf = ({ rates }: Pick<TaxSettings, 'rates'>): TaxRule[] =>
  rates.map(({ country, basisPoints, from, until }) => ({
    jurisdiction: country,
    rate: { numerator: basisPoints, denominator: 10_000 },
    from,
    until,
  }))

/** Today at the clocks of the school. */
export const today = ({ timeZone }: Pick<TaxSettings, 'timeZone'>): Day => dayAt(new Date(), timeZone)

/** Whether exactly one rate holds there on a day. */
export const oneHolds = (rules: readonly TaxRule[], jurisdiction: string, day: Day): boolean =>
  rules.filter(
    rule =>
      rule.jurisdiction === jurisdiction && rule.from <= day && (rule.until === null || day < rule.until),
  ).length === 1
