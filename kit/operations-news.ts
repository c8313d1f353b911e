import { operationsRoom } from '@azora/contracts/rooms.ts'
import { tell } from './tell.ts'

/** Under load this is told so often, and not of each event. */
const gatherMs = 500

const changed = new Map<string, Set<string>>()
let gathering = false

/** A service published, handled or failed at events or jobs of these schools: who watches is told soon. */
export function noteOperations(service: string, work: readonly { organizationId: string }[]): void {
  if (work.length === 0) return
  const schools = changed.get(service) ?? new Set()
  changed.set(service, schools)
  for (const { organizationId } of work) schools.add(organizationId)
  if (gathering) return
  gathering = true
  setTimeout(() => {
    gathering = false
    const due = [...changed]
    changed.clear()
    for (const [service, schools] of due)
      for (const organizationId of schools)
        tell({ service }, operationsRoom, { organizationId }, 'operations.changed', { service })
  }, gatherMs).unref()
}
