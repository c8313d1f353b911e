import { randomUUID } from 'node:crypto'
import { admins, nothing, type Row } from '../callers.ts'

/** What every service lets an operator see and mend of itself. */
export function operationsRows(service: string): Record<string, Row> {
  const reads: Row = { expect: admins(), auditor: 200, operator: 200, input: nothing }
  const repairs = { expect: admins(404), operator: 404 }
  return {
    [`${service}.listEvents`]: reads,
    [`${service}.getStatus`]: reads,
    [`${service}.listFailedJobs`]: reads,
    [`${service}.retryEvent`]: { ...repairs, input: () => ({ eventId: randomUUID() }) },
    [`${service}.retryJob`]: { ...repairs, input: () => ({ jobId: '999999999999' }) },
  }
}
