import type { Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { compareInThread } from './compare-in-thread.ts'
import { selectEssay, selectUnprinted, selectUnprintedOf, storePrints } from './similar.store.ts'

/** Takes the fingerprints of essays, once they were handed in. Each is safe to repeat, and to run twice at once. */

type Tools = Pick<ServiceKit, 'db'>
type Attempt = { organizationId: string; submissionId: string }

export const printEssaysTask = defineTask<Attempt>('assessment.print_essays', { priority: 'late' })
export const sweepEssaysTask = defineTask('assessment.sweep_essays', {
  cron: '*/5 * * * *',
  priority: 'late',
})

/** By the attempt: no two learners wait for each other. */
export const enqueuePrinting = (tx: Transaction, submissionId: string) =>
  enqueue(
    tx,
    printEssaysTask,
    { organizationId: tx.organizationId, submissionId },
    { key: `${printEssaysTask.name}:${submissionId}` },
  )

const what = 'essays were not made comparable'

export async function printAttempt({ db }: Tools, { organizationId, submissionId }: Attempt): Promise<void> {
  const ids = await selectUnprintedOf(db.in(organizationId), submissionId)
  await eachAlone(ids, id => print({ db }, organizationId, id), what)
}

/** So many at once; those of an older release are caught up with. */
const mostAtOnce = 500

export async function sweepEssays({ db }: Tools): Promise<void> {
  const left = await selectUnprinted(db.across, mostAtOnce)
  await eachAlone(left, ({ id, organizationId }) => print({ db }, organizationId, id), what)
}

async function print({ db }: Tools, organizationId: string, answerId: string): Promise<void> {
  const school = db.in(organizationId)
  const text = await selectEssay(school, answerId)
  const prints = text ? (await compareInThread({ mine: text, given: '', others: [] }, 'prints')).prints : null
  await school.transaction(tx => storePrints(tx, answerId, prints))
}
