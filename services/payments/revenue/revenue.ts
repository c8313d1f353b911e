import { fraction } from '@azora/billing/analytics/fraction.ts'
import { only, type Worth } from '@azora/billing/analytics/mrr.ts'
import { minorRate, type Rate } from '@azora/billing/exchange/exchange.ts'
import { findRate } from '@azora/billing/exchange/find-rate.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { exactly, selectLatestRates } from '../exchange/exchange-rates.store.ts'
import { schoolDay } from '../subscriptions/school-day.ts'
import type { FigureName, Figures } from './figures.ts'
import { figureInThread } from './figures-in-thread.ts'
import { selectCurrenciesOfHistories, selectHistories } from './history.store.ts'

type Asked = { currency: string; months: number; include?: 'currency' | 'all' }
type Which = { sandbox: boolean; now?: Date }

/** Which currencies count, by which rates, and for which there is none. */
type Valuation = { worth: Worth; rates: Rate[]; withoutRate: string[] }

/** All currencies in which somebody subscribes, each at its latest rate: the same for every day that is looked at. */
async function valuationIn(db: Queryable, to: string, today: string, sandbox: boolean): Promise<Valuation> {
  const known = (await selectLatestRates(db, today)).map(exactly)
  const others = (await selectCurrenciesOfHistories(db, sandbox)).filter(currency => currency !== to)
  const found = others.map(from => ({ from, rate: findRate(known, from, to) }))
  const rates = found.flatMap(({ rate }) => rate ?? [])
  const worth = new Map(only(to))
  for (const rate of rates) {
    const { numerator, denominator } = minorRate(rate)
    worth.set(rate.from, fraction(numerator, denominator))
  }
  return { worth, rates, withoutRate: found.filter(({ rate }) => !rate).map(({ from }) => from) }
}

const figure =
  <Name extends FigureName>(name: Name) =>
  async (db: Queryable, asked: Asked, which: Which): Promise<ReturnType<Figures[Name]>> =>
    (await withRates(name, db, asked, which)).figure

async function withRates<Name extends FigureName>(
  name: Name,
  db: Queryable,
  { currency, months, include }: Asked,
  { sandbox, now = new Date() }: Which,
): Promise<{ figure: ReturnType<Figures[Name]>; valuation: Valuation }> {
  const today = await schoolDay(db, now)
  const valuation: Valuation =
    include === 'all'
      ? await valuationIn(db, currency, today, sandbox)
      : { worth: only(currency), rates: [], withoutRate: [] }
  const { worth } = valuation
  const histories = await selectHistories(db, { currencies: [...worth.keys()], sandbox })
  const asked = { currency, months, worth, today, histories }
  return { figure: await figureInThread(name, asked, db.organizationId), valuation }
}

/** What subscriptions come to by the month, now and at the end of each month. */
export async function recurringRevenue(db: Queryable, asked: Asked, which: Which) {
  const { figure, valuation } = await withRates('recurring', db, asked, which)
  const { rates, withoutRate } = valuation
  return { ...figure, rates: rates.map(shownRate), withoutRate }
}

const shownRate = ({ from, to, numerator, denominator, on, source }: Rate) => ({
  from,
  to,
  // For reading; the figures are worked out from the rate as it was published.
  rate: Number(numerator) / Number(denominator),
  on,
  source,
})

/** Why it is another than a month before. */
export const revenueMovements = figure('movements')

/** Which share of customers and revenue was lost in each month, and what a customer comes to until they leave. */
export const revenueChurn = figure('churn')

/** Of those who first paid in a month, how many still do at the end of each month since, and what they come to. */
export const revenueCohorts = figure('cohorts')
