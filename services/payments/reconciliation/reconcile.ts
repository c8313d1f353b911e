import type { AzoraClient } from '@azora/contracts/client.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { AppError } from '@azora/kit/errors.ts'
import { defineTask, enqueue, type JobRun } from '@azora/kit/jobs.ts'
import type { Stripe } from 'stripe'
import { v7 as uuidv7 } from 'uuid'
import { selectDisputesAt } from '../disputes/disputes.store.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectRefundsAt } from '../refunds/refunds.store.ts'
import { type Comparison, compareAfterwards, compareCharges, pageSize } from './compare.ts'
import { comparePayments } from './compare-books.ts'
import { countOpenDifferences, settleVanished } from './differences.store.ts'
import { tellPaidTwice } from './paid-twice.ts'
import {
  endForgotten,
  endReconciliation,
  insertOptionalReconciliation,
  type Reconciliation,
  selectOptionalReconciliation,
  selectOptionalRunning,
  selectSellingSchools,
} from './reconciliations.store.ts'

export const reconcileTask = defineTask<{ organizationId: string; id: string }>('payments.reconcile', {
  atOnce: 1,
  priority: 'late',
  maxAttempts: 3,
})
export const reconcileAllTask = defineTask('payments.reconcile_all', { cron: '52 2 * * *', priority: 'late' })

/** Longer than any webhook is late, and than banks take to say that a refund did not come. */
const usualDays = 35
const dayMs = 86_400_000

/** Compare from now on; one that is under way is taken instead of another. */
async function begin(tx: Transaction, days: number, sandbox: boolean): Promise<string> {
  const { organizationId } = tx
  const id = uuidv7()
  const now = Date.now()
  const fromAt = new Date(now - days * dayMs).toISOString()
  const untilAt = new Date(now).toISOString()
  await endForgotten(tx)
  if (!(await insertOptionalReconciliation(tx, { id, fromAt, untilAt, sandbox })))
    return (await selectOptionalRunning(tx))?.id ?? id
  await enqueue(tx, reconcileTask, { organizationId, id }, { key: `payments.reconcile:${id}` })
  return id
}

export async function startReconciliation(
  { db, stripe }: OrderTools,
  by: Caller,
  days: number,
): Promise<Reconciliation> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const id = await begin(tx, days, stripe.sandbox)
    await recordAudit(tx, 'payments', by, { action: 'reconciliation.started', details: { days } })
    const made = await selectOptionalReconciliation(tx, id)
    if (!made) throw new AppError('conflict')
    return made
  })
}

/** Each night, for every school that sells. */
export async function reconcileAll({ db, stripe }: OrderTools): Promise<void> {
  const since = new Date(Date.now() - usualDays * dayMs).toISOString()
  const schools = await selectSellingSchools(db.across, since)
  await eachAlone(
    schools,
    ({ organizationId }) => db.in(organizationId).transaction(tx => begin(tx, usualDays, stripe.sandbox)),
    'schools were not reconciled',
  )
}

/**
 * Compare what the processor lists with what is written down, and that with what the ledger has booked. What the processor
 * says of a payment is written down as a webhook would have made us do; what cannot be put right so is a difference, for a
 * person. It may run twice.
 */
export async function reconcile(
  tools: OrderTools & { mint: Pick<AzoraClient['mint'], 'findProcessorCash'> },
  { organizationId, id }: { organizationId: string; id: string },
  { lastAttempt }: Pick<JobRun, 'lastAttempt'>,
): Promise<void> {
  const db = tools.db.in(organizationId)
  const wanted = await selectOptionalReconciliation(db, id)
  if (wanted?.status !== 'running') return
  const counts = { charges: 0, refunds: 0, disputes: 0, repaired: 0, differences: 0 }
  try {
    // Who was here when it was asked for cannot be asked any more.
    if (wanted.sandbox !== tools.stripe.sandbox) return await endReconciliation(db, id, 'failed', counts)
    await leaveProcess('Comparing with the processor')
    const run: Comparison = { tools, organizationId, db, counts, charged: new Set() }
    await compareLists(run, await tools.stripe.open(), wanted)
    await comparePayments(run, tools.mint, wanted)
    await tellPaidTwice(db, { from: wanted.fromAt, sandbox: wanted.sandbox })
    await settleVanished(db, wanted)
    counts.differences = await countOpenDifferences(db)
    await endReconciliation(db, id, 'done', counts)
  } catch (failure) {
    if (lastAttempt) await endReconciliation(db, id, 'failed', counts)
    throw failure
  }
}

async function compareLists(run: Comparison, stripe: Stripe, wanted: Reconciliation): Promise<void> {
  // Up to now, by whatever clock Stripe has.
  const created = { gte: Math.floor(Date.parse(wanted.fromAt) / 1000) }
  const listed = { created, limit: pageSize }
  await inPages(stripe.charges.list(listed), charges => compareCharges(run, charges))
  await inPages(stripe.refunds.list(listed), refunds =>
    compareAfterwards(run, 'refunds', refunds, knownRefunds),
  )
  await inPages(stripe.disputes.list(listed), disputes =>
    compareAfterwards(run, 'disputes', disputes, knownDisputes),
  )
}

async function inPages<T>(list: AsyncIterable<T>, work: (page: T[]) => Promise<void>): Promise<void> {
  let page: T[] = []
  for await (const one of list) {
    page.push(one)
    if (page.length < pageSize) continue
    await work(page)
    page = []
  }
  if (page.length > 0) await work(page)
}

type Told = Stripe.Refund | Stripe.Dispute

/** Which are written down, and as the processor has them. */
async function knownRefunds(db: Queryable, told: readonly Told[]): Promise<Set<string>> {
  const known = new Map(
    (
      await selectRefundsAt(
        db,
        told.map(({ id }) => id),
      )
    ).map(one => [one.stripeId, one.status]),
  )
  const isSame = ({ id, status }: Told) => {
    const ours = known.get(id)
    if (status === 'succeeded') return ours === 'succeeded'
    // One that failed at once, and that nobody here asked for, is not written down at all.
    if (status === 'failed' || status === 'canceled') return ours === 'failed' || ours === undefined
    return ours !== undefined
  }
  return new Set(told.filter(isSame).map(({ id }) => id))
}

async function knownDisputes(db: Queryable, told: readonly Told[]): Promise<Set<string>> {
  const known = new Map(
    (
      await selectDisputesAt(
        db,
        told.map(({ id }) => id),
      )
    ).map(one => [one.stripeId, one.status]),
  )
  const isSame = ({ id, status }: Told) => {
    const ours = known.get(id)
    if (status === 'won' || status === 'lost') return ours === status
    return ours !== undefined
  }
  return new Set(told.filter(isSame).map(({ id }) => id))
}
