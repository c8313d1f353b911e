import { type Day, dayAt } from '@azora/billing/calendar/day.ts'
import { earnedBy } from '@azora/billing/recognition/deferred-revenue.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { v7 as uuidv7 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { requireBooked } from '../sales/cash.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { lockSchedules, type Schedule, selectSchoolsToRecognise, updateEarned } from './recognition.store.ts'

/** How many are recognised in one transaction; together they are one transfer of each currency. */
const pageSize = 1000

/** What of an amount is earned once the days before a day are over. */
function earnedOf({ amountMinor, currency, serviceFrom, serviceUntil }: Schedule, day: Day): number {
  const amount = { amountMinor, currency }
  // Of no days at all nothing is to be waited for.
  if (serviceFrom === serviceUntil) return amountMinor
  return earnedBy(amount, { from: serviceFrom, until: serviceUntil }, day).amountMinor
}

/**
 * What was paid for days of service becomes revenue as they end (IFRS 15, paragraph 35 a), of every school. Days that
 * nobody recognised are made up for; it may run twice, and at once: what is earned is written with its transfer.
 */
export async function recogniseRevenue(db: Database, now = new Date()): Promise<void> {
  const day = dayAt(now, 'UTC')
  const schools = await selectSchoolsToRecognise(db.across, day)
  const recognise = async (organizationId: string) => {
    while (await db.in(organizationId).transaction(tx => recognisePage(tx, day)));
  }
  await eachAlone(schools, recognise, 'schools have revenue that is not recognised')
}

/** @returns whether there may be more */
async function recognisePage(tx: Transaction, day: Day): Promise<boolean> {
  const schedules = await lockSchedules(tx, day, pageSize)
  if (schedules.length === 0) return false
  const earned = schedules.map(one => ({ ...one, now: earnedOf(one, day) }))
  const transfers: Order[] = []
  for (const [currency, theirs] of Map.groupBy(earned, one => one.currency)) {
    const sum = theirs.reduce((all, one) => all + BigInt(one.now - one.earnedMinor), 0n)
    if (sum === 0n) continue
    const owner = { type: 'school' } as const
    const deferred = await openAccount(tx, { kind: 'deferred_revenue', owner, currency })
    const revenue = await openAccount(tx, { kind: 'revenue', owner, currency })
    transfers.push({
      phase: 'posted',
      id: uuidv7(),
      kind: 'recognition',
      description: `Earned until ${day}`,
      // Less than zero where more days are given back than earned.
      debitAccountId: sum > 0n ? deferred.id : revenue.id,
      creditAccountId: sum > 0n ? revenue.id : deferred.id,
      amount: sum > 0n ? sum : -sum,
    })
  }
  if (transfers.length > 0) requireBooked(await postTransfers(tx, { transfers }))
  await updateEarned(
    tx,
    earned.map(one => ({ billId: one.billId, part: one.part, earnedMinor: one.now })),
    day,
  )
  return schedules.length === pageSize
}
