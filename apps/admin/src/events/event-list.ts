import type { OutputOf } from '@azora/web/calls/operations.ts'

export const services = ['auth', 'education', 'assessment', 'integrations'] as const
export type Service = (typeof services)[number]
export type ServiceEvent = OutputOf<'auth.listEvents'>['items'][number] & { service: Service }

const mostShown = 200

/**
 * The events of all services in one list, newest first. What arrives anew replaces what was known of the same event
 * (its state may have moved on); the rest stays, so that the list grows while one looks on.
 */
export function mergedEvents(known: ServiceEvent[], arrived: ServiceEvent[]): ServiceEvent[] {
  const byKey = new Map<string, ServiceEvent>()
  for (const event of [...known, ...arrived]) byKey.set(keyOf(event), event)
  return [...byKey.values()]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || keyOf(b).localeCompare(keyOf(a)))
    .slice(0, mostShown)
}

/** One event is published by one service and received by others; each of these is a line of its own. */
export const keyOf = (event: ServiceEvent) => `${event.id}/${event.service}/${event.direction}`
