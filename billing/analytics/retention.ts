import type { Day } from '../calendar/day.ts'
import { intervalsAfter } from '../calendar/interval.ts'
import { type Fraction, fraction, none, over, total } from './fraction.ts'
import { monthOf } from './movements.ts'
import { type MrrHistory, mrrByCustomer, type Worth } from './mrr.ts'

/** Shares of who, and of what, was there at the beginning. Null where nothing was. */
export type Churn = { customers: Fraction | null; revenue: Fraction | null; left: number; atStart: number }

/**
 * How many of the customers who paid on one evening did not on another, and how much of their revenue was lost to churn
 * and contraction (gross: what grew elsewhere makes up for nothing).
 */
export function churnBetween(histories: readonly MrrHistory[], from: Day, to: Day, worth: Worth): Churn {
  const start = mrrByCustomer(histories, from, worth)
  const end = mrrByCustomer(histories, to, worth)
  const left = [...start.keys()].filter(customer => !end.has(customer)).length
  const lost = [...start].map(([customer, before]) => lossOf(before, end.get(customer) ?? none))
  const atStart = start.size
  return {
    left,
    atStart,
    customers: atStart === 0 ? null : fraction(BigInt(left), BigInt(atStart)),
    revenue: atStart === 0 ? null : over(total(lost), total(start.values())),
  }
}

function lossOf(before: Fraction, after: Fraction): Fraction {
  const loss = before.numerator * after.denominator - after.numerator * before.denominator
  return loss > 0n ? fraction(loss, before.denominator * after.denominator) : none
}

/**
 * What a customer comes to until they leave: monthly revenue by customer, over the share that leaves in a month. Null in a
 * month that nobody left, or that began with nobody: it says nothing then, least of all that they stay for ever.
 * @param month `2026-11`
 */
export function lifetimeValue(
  histories: readonly MrrHistory[],
  month: string,
  worth: Worth,
): Fraction | null {
  const { from, to } = monthOf(month)
  const { customers } = churnBetween(histories, from, to, worth)
  if (customers === null || customers.numerator === 0n) return null
  const start = mrrByCustomer(histories, from, worth)
  return over(over(total(start.values()), fraction(BigInt(start.size), 1n)), customers)
}

/** Customers who first paid in the same month: how many still did at the end of each month since, and how much. */
export type Cohort = { month: string; months: { customers: number; mrr: Fraction }[] }

/** The cohorts up to a month, each with that month as its last column. @param until `2026-11` */
export function cohorts(histories: readonly MrrHistory[], until: string, worth: Worth): Cohort[] {
  const firstPaid = new Map<string, string>()
  for (const { customer, changes } of histories)
    for (const { on, price } of changes) {
      if (!price || price.amountMinor === 0 || !worth.has(price.currency)) continue
      const month = on.slice(0, 7)
      if (month < (firstPaid.get(customer) ?? '9999-99')) firstPaid.set(customer, month)
    }
  const months = [...new Set(firstPaid.values())].filter(month => month <= until).sort()
  return months.map(month => {
    const members = histories.filter(({ customer }) => firstPaid.get(customer) === month)
    const columns: Cohort['months'] = []
    for (let at = month; at <= until; at = monthAfter(at)) {
      const paying = mrrByCustomer(members, monthOf(at).to, worth)
      columns.push({ customers: paying.size, mrr: total(paying.values()) })
    }
    return { month, months: columns }
  })
}

const monthAfter = (month: string) =>
  intervalsAfter(`${month}-01`, { unit: 'month', count: 1 }, 1).slice(0, 7)
