import type { OutputOf } from '@azora/web/calls/operations.ts'
import { call } from '../api.ts'
import { services } from '../services.ts'

export type ServiceStatus = OutputOf<'auth.getStatus'>
export type SystemState = {
  /** Every part of the system, and whether it answers. */
  parts: Record<string, boolean>
  /** What the services tell of themselves; those that do not answer are absent. */
  statuses: ServiceStatus[]
  /** In which languages programs are run; null where that is not known. */
  programs: OutputOf<'assessment.listProgramLanguages'> | null
}

/** How the system is just now. One part that fails must not hide the others. */
export async function loadSystemState(signal: AbortSignal): Promise<SystemState> {
  const [parts, programs, ...statuses] = await Promise.all([
    readParts(signal),
    call('assessment.listProgramLanguages', {}, { signal }).catch(() => null),
    ...services.map(service => call(`${service}.getStatus`, {}, { signal }).catch(() => null)),
  ])
  return { parts, programs, statuses: statuses.filter(status => status !== null) }
}

/** The health that the gateway tells anyone; it answers 503 with the same body when a part is missing. */
async function readParts(signal: AbortSignal): Promise<Record<string, boolean>> {
  try {
    const answer = await fetch('/health/ready', { signal })
    const { parts } = (await answer.json()) as { parts: Record<string, boolean> }
    return parts
  } catch {
    return {}
  }
}

/** The events and the jobs that were given up, in all services together. */
export function countFailed(statuses: ServiceStatus[]): { events: number; jobs: number } {
  return {
    events: statuses.reduce((sum, { inbox, outbox }) => sum + inbox.failed + outbox.failed, 0),
    jobs: statuses.reduce((sum, { jobs }) => sum + jobs.failed, 0),
  }
}
