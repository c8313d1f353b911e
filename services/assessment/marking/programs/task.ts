import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'

export type ProgramsToMark = { organizationId: string; submissionId: string }

/** More than are run at once: those that wait stand in the fair queue and not in the order in which they came. */
export const markProgramsTask = defineTask<ProgramsToMark>('assessment.mark_programs', {
  atOnce: 24,
  priority: 'urgent',
  maxAttempts: 4,
})

/** With the transaction that ends the attempt. */
export const enqueueMarking = (tx: Transaction, submissionId: string) =>
  enqueue(
    tx,
    markProgramsTask,
    { organizationId: tx.organizationId, submissionId },
    { key: `assessment.mark_programs:${submissionId}` },
  )

export const sweepProgramsTask = defineTask('assessment.sweep_programs', { cron: '17 * * * *' })
