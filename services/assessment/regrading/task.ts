import { defineTask } from '@azora/kit/jobs.ts'

export type RegradeToRun = { organizationId: string; regradeId: string }

/** It may take minutes: at most two at once, beside which other work goes on. */
export const regradeTask = defineTask<RegradeToRun>('assessment.regrade', { atOnce: 2, maxAttempts: 4 })

export const sweepRegradesTask = defineTask('assessment.sweep_regrades', { cron: '37 * * * *' })
