import type { OutputOf } from '@azora/web/calls/operations.ts'
import type { Order } from './page-of-all.ts'

export type FailedJob = OutputOf<'auth.listFailedJobs'>['items'][number]

/** The order in which a service lists its failed jobs. Their ids are numbers that grow, as text. */
export const jobOrder: Order<FailedJob, string> = {
  markOf: job => job.id,
  newestFirst: (a, b) => Number(BigInt(b) - BigInt(a)),
}
