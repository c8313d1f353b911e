import { start } from '@azora/billing/subscriptions/start.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { applyOutcome } from './apply.ts'
import { selectOpenBills } from './bills.store.ts'
import { askToCharge } from './charge-task.ts'
import { schoolDay } from './school-day.ts'
import { lockOptionalSubscription, type Stored, selectOptionalLive } from './subscriptions.store.ts'

/** A person has left a card: the trial that waited for it begins, and what is missing is tried with it at once. */
export async function cardCame(
  tx: Transaction,
  { userId, subscriptionId }: { userId: string; subscriptionId: string | null },
  now: Date,
): Promise<void> {
  const live = await selectOptionalLive(tx, userId)
  const stored = live && (await lockOptionalSubscription(tx, live.id))
  if (!stored) return
  if (stored.id === subscriptionId) await beginTrial(tx, stored, now)
  const [bill] = await selectOpenBills(tx, stored.id)
  if (bill && !bill.first) await askToCharge(tx, { billId: bill.id, renewedAfter: bill.failures.length })
}

/** Begin the trial of a subscription that waited for a card. The caller holds it. */
export async function beginTrial(tx: Transaction, stored: Stored, now: Date): Promise<Stored> {
  const { state, trialDays } = stored
  if (state.status !== 'incomplete' || trialDays === 0) return stored
  const day = await schoolDay(tx, now)
  const subscription = start(state.terms, day, { trialDays, anchor: 'start' })
  return applyOutcome(tx, stored, { subscription, effects: [] }, { now, day })
}
