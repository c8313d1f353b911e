import { type Fraction, inMinorUnits, total } from '@azora/billing/analytics/fraction.ts'
import { monthOf, movementsBetween, shown } from '@azora/billing/analytics/movements.ts'
import { type MrrHistory, mrrByCustomer, type Worth } from '@azora/billing/analytics/mrr.ts'
import { churnBetween, cohorts, lifetimeValue } from '@azora/billing/analytics/retention.ts'
import type { Day } from '@azora/billing/calendar/day.ts'
import { intervalsAfter } from '@azora/billing/calendar/interval.ts'
import { type Ratio, rounded } from '@azora/contracts/money.ts'

/** Worked out of all subscriptions that count, in a currency, for so many months up to that of today. */
export type Asked = {
  currency: string
  worth: Worth
  months: number
  today: Day
  histories: readonly MrrHistory[]
}

/** The months up to this one, and the evening at which each is looked at: its last, or today. */
function monthsUntil({ today, months: n }: Asked): { month: string; from: Day; to: Day }[] {
  const first = `${today.slice(0, 7)}-01`
  return Array.from({ length: n }, (_, at) => {
    const month = intervalsAfter(first, { unit: 'month', count: 1 }, at - n + 1).slice(0, 7)
    const { from, to } = monthOf(month)
    return { month, from, to: to < today ? to : today }
  })
}

function recurring(asked: Asked) {
  const { currency, worth, today, histories } = asked
  const at = (day: Day) => {
    const paying = mrrByCustomer(histories, day, worth)
    return { mrr: inMinorUnits(total(paying.values()), currency), customers: paying.size }
  }
  return {
    on: today,
    ...at(today),
    items: monthsUntil(asked).map(({ month, to }) => ({ month, ...at(to) })),
  }
}

function movements(asked: Asked) {
  const { currency, worth, histories } = asked
  return {
    items: monthsUntil(asked).map(({ month, from, to }) => ({
      month,
      ...shown(movementsBetween(histories, from, to, worth), currency),
    })),
  }
}

/** A share as ten-thousandths, rounded once. */
const share = (of: Fraction | null): Ratio | null =>
  of && {
    numerator: rounded(of.numerator * 10_000n, of.denominator, 'ZAR', 'half_up').amountMinor,
    denominator: 10_000,
  }

function churn(asked: Asked) {
  const { currency, worth, histories } = asked
  return {
    items: monthsUntil(asked).map(({ month, from, to }) => {
      const { atStart, left, customers, revenue } = churnBetween(histories, from, to, worth)
      const value = lifetimeValue(histories, month, worth)
      return {
        month,
        atStart,
        left,
        customers: share(customers),
        revenue: share(revenue),
        lifetimeValue: value && inMinorUnits(value, currency),
      }
    }),
  }
}

function cohortsOf(asked: Asked) {
  const { currency, worth, today, histories } = asked
  const first = monthsUntil(asked)[0]?.month ?? ''
  return {
    items: cohorts(histories, today.slice(0, 7), worth)
      .filter(({ month }) => month >= first)
      .map(({ month, months }) => ({
        month,
        months: months.map(({ customers, mrr }) => ({ customers, mrr: inMinorUnits(mrr, currency) })),
      })),
  }
}

/** Each figure by its name. */
export const figures = { recurring, movements, churn, cohorts: cohortsOf }

export type Figures = typeof figures
export type FigureName = keyof Figures
