import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { askAll } from './ask-all.ts'

type EventPage = OutputOf<'auth.listEvents'>
export type ServiceEvent = EventPage['items'][number] & { service: Service }

export const pageSize = 50

/** Where the list stands in one service: the page of the API, and the last event of it that was shown. */
type Place = { cursor?: string; after?: Pick<ServiceEvent, 'id' | 'direction'> }

/** The order in which a service lists its events, for several services. Negative: `a` is newer. */
function newestFirst(a: Omit<Place['after'] & object, 'service'>, b: typeof a): number {
  if (a.id !== b.id) return a.id > b.id ? -1 : 1
  return b.direction.localeCompare(a.direction)
}

/**
 * A page of the events of several services in one list, newest first. Each service pages by itself; the cursor of the
 * whole holds the place in each, or null where nothing is left.
 */
export async function eventsOfAll(
  asked: readonly Service[],
  cursor: string | undefined,
  ask: (service: Service, cursor: string | undefined) => Promise<EventPage>,
): Promise<{ items: ServiceEvent[]; nextCursor: string | null; silent: Service[] }> {
  const places: Partial<Record<Service, Place | null>> = cursor ? JSON.parse(cursor) : {}
  const open = asked.filter(service => places[service] !== null)
  const { items: pages, silent } = await askAll(open, async service => {
    const { cursor, after } = places[service] ?? {}
    const { items, nextCursor } = await ask(service, cursor)
    const left = after ? items.filter(event => newestFirst(after, event) < 0) : items
    return [{ service, nextCursor, left: left.map((event): ServiceEvent => ({ ...event, service })) }]
  })
  // What a service has beyond its page may be newer than what another service has in its own.
  const ends = pages.flatMap(({ nextCursor, left }) => (nextCursor === null ? [] : left.slice(-1)))
  const shown = pages
    .flatMap(({ left }) => left)
    .filter(event => ends.every(end => newestFirst(event, end) <= 0))
    .sort((a, b) => newestFirst(a, b) || a.service.localeCompare(b.service))
    .slice(0, pageSize)
  for (const { service, nextCursor, left } of pages) {
    const last = shown.findLast(event => event.service === service)
    if (left.length === 0 || last === left.at(-1)) {
      places[service] = nextCursor === null ? null : { cursor: nextCursor }
    } else if (last) {
      places[service] = { ...places[service], after: { id: last.id, direction: last.direction } }
    }
  }
  const more = asked.some(service => places[service] !== null && !silent.includes(service))
  return { items: shown, nextCursor: more ? JSON.stringify(places) : null, silent }
}

/** One event is published by one service and received by others; each of these is a line of its own. */
export const keyOf = (event: ServiceEvent) => `${event.id}/${event.service}/${event.direction}`
