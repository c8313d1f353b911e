import { type Fraction, inMinorUnits, total } from '@azora/billing/analytics/fraction.ts'
import { monthOf, movementsBetween, shown } from '@azora/billing/analytics/movements.ts'
import { type MrrHistory, mrrByCustomer } from '@azora/billing/analytics/mrr.ts'
import { churnBetween, cohorts, lifetimeValue } from '@azora/billing/analytics/retention.ts'
import type { Day } from '@azora/billing/calendar/day.ts'
import { intervalsAfter } from '@azora/billing/calendar/interval.ts'
import { type Ratio, rounded } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { schoolDay } from '../subscriptions/school-day.ts'
import { selectHistories } from './history.store.ts'

type Asked = { currency: string; months: number }
type Which = { sandbox: boolean; now?: Date }

/** The months up to this one, and the evening at which each is looked at: its last, or today. */
function monthsUntil(today: Day, n: number): { month: string; from: Day; to: Day }[] {
  const first = `${today.slice(0, 7)}-01`
  return Array.from({ length: n }, (_, at) => {
    const month = intervalsAfter(first, { unit: 'month', count: 1 }, at - n + 1).slice(0, 7)
    const { from, to } = monthOf(month)
    return { month, from, to: to < today ? to : today }
  })
}

async function read(db: Queryable, { currency, months }: Asked, { sandbox, now = new Date() }: Which) {
  const today = await schoolDay(db, now)
  return {
    today,
    months: monthsUntil(today, months),
    histories: await selectHistories(db, { currency, sandbox }),
  }
}

const mrrAt = (histories: readonly MrrHistory[], day: Day, currency: string) => {
  const paying = mrrByCustomer(histories, day, currency)
  return { mrr: inMinorUnits(total(paying.values()), currency), customers: paying.size }
}

/** What subscriptions come to by the month, now and at the end of each month. */
export async function recurringRevenue(db: Queryable, asked: Asked, which: Which) {
  const { today, months, histories } = await read(db, asked, which)
  const at = (day: Day) => mrrAt(histories, day, asked.currency)
  return { on: today, ...at(today), items: months.map(({ month, to }) => ({ month, ...at(to) })) }
}

/** Why it is another than a month before. */
export async function revenueMovements(db: Queryable, asked: Asked, which: Which) {
  const { months, histories } = await read(db, asked, which)
  const { currency } = asked
  return {
    items: months.map(({ month, from, to }) => ({
      month,
      ...shown(movementsBetween(histories, from, to, currency), currency),
    })),
  }
}

/** A share as ten-thousandths, rounded once. */
const share = (of: Fraction | null): Ratio | null =>
  of && {
    numerator: rounded(of.numerator * 10_000n, of.denominator, 'ZAR', 'half_up').amountMinor,
    denominator: 10_000,
  }

/** Which share of customers and revenue was lost in each month, and what a customer comes to until they leave. */
export async function revenueChurn(db: Queryable, asked: Asked, which: Which) {
  const { months, histories } = await read(db, asked, which)
  const { currency } = asked
  return {
    items: months.map(({ month, from, to }) => {
      const { atStart, left, customers, revenue } = churnBetween(histories, from, to, currency)
      const value = lifetimeValue(histories, month, currency)
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

/** Of those who first paid in a month, how many still do at the end of each month since, and what they come to. */
export async function revenueCohorts(db: Queryable, asked: Asked, which: Which) {
  const { today, months, histories } = await read(db, asked, which)
  const first = months[0]?.month ?? ''
  const found = cohorts(histories, today.slice(0, 7), asked.currency)
  return {
    items: found
      .filter(({ month }) => month >= first)
      .map(cohort => ({
        month: cohort.month,
        months: cohort.months.map(({ customers, mrr }) => ({
          customers,
          mrr: inMinorUnits(mrr, asked.currency),
        })),
      })),
  }
}
