import type { Day } from '@azora/billing/calendar/day.ts'
import { periodOf } from '@azora/billing/calendar/period.ts'
import { type Money, subtract, zero } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { linesOf } from './bill-lines.ts'
import { priceBill } from './open-bill.ts'
import type { Stored } from './subscriptions.store.ts'

/**
 * What will be charged when the period is over, as things stand; null where nothing will.
 * @param credited what is added to their credit before that
 */
export async function nextPaymentOf(
  db: Queryable,
  stored: Stored,
  credited: Money = zero(stored.currency),
): Promise<{ on: Day; amount: Money } | null> {
  const { status, period, terms, next, anchor, cancelsAtPeriodEnd } = stored.state
  const goesOn = status === 'trialing' || status === 'active' || status === 'past_due'
  if (!goesOn || cancelsAtPeriodEnd) return null
  const begins = next ?? terms
  const on = period.until
  const state = { ...stored.state, terms: begins }
  const upcoming = periodOf(next ? on : anchor, begins.interval, on)
  const lines = linesOf([{ effect: 'invoice_period', period: upcoming }], state)
  const { priced } = await priceBill(db, { ...stored, state }, lines, on)
  const rest = subtract(priced.due, credited)
  return { on, amount: rest.amountMinor < 0 ? zero(stored.currency) : rest }
}
