import type { Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { compareInThread } from './compare-in-thread.ts'
import { selectEssay, selectUnprinted, storePrints } from './similar.store.ts'

export const printEssaysTask = defineTask('assessment.print_essays', { cron: '* * * * *', priority: 'late' })

/** With the attempt that was handed in. The minute catches up with what is left. */
export const enqueuePrinting = (tx: Transaction) =>
  enqueue(tx, printEssaysTask, {}, { key: printEssaysTask.name })

/** So many in a minute; those of an older release are caught up with. */
const mostAtOnce = 500

/** Take the fingerprints of essays that were handed in. Safe to repeat, and to run twice at once. */
export async function printEssays({ db }: Pick<ServiceKit, 'db'>): Promise<void> {
  const print = async ({ id, organizationId }: { id: string; organizationId: string }) => {
    const school = db.in(organizationId)
    const text = await selectEssay(school, id)
    const prints = text
      ? (await compareInThread({ mine: text, given: '', others: [] }, 'prints')).prints
      : null
    await school.transaction(tx => storePrints(tx, id, prints))
  }
  await eachAlone(await selectUnprinted(db.across, mostAtOnce), print, 'essays were not made comparable')
}
