import type { Queryable } from '@azora/kit/db.ts'
import { schoolDay } from '../subscriptions/school-day.ts'
import type { FigureName, Figures } from './figures.ts'
import { figureInThread } from './figures-in-thread.ts'
import { selectHistories } from './history.store.ts'

type Asked = { currency: string; months: number }
type Which = { sandbox: boolean; now?: Date }

const figure =
  <Name extends FigureName>(name: Name) =>
  async (
    db: Queryable,
    asked: Asked,
    { sandbox, now = new Date() }: Which,
  ): Promise<ReturnType<Figures[Name]>> => {
    const today = await schoolDay(db, now)
    const histories = await selectHistories(db, { currency: asked.currency, sandbox })
    return figureInThread(name, { ...asked, today, histories }, db.organizationId)
  }

/** What subscriptions come to by the month, now and at the end of each month. */
export const recurringRevenue = figure('recurring')

/** Why it is another than a month before. */
export const revenueMovements = figure('movements')

/** Which share of customers and revenue was lost in each month, and what a customer comes to until they leave. */
export const revenueChurn = figure('churn')

/** Of those who first paid in a month, how many still do at the end of each month since, and what they come to. */
export const revenueCohorts = figure('cohorts')
