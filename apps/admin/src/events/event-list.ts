import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import type { Order } from './page-of-all.ts'

type OneEvent = OutputOf<'auth.listEvents'>['items'][number]
export type ServiceEvent = OneEvent & { service: Service }

/** The order in which a service lists its events. */
export const eventOrder: Order<OneEvent, Pick<OneEvent, 'id' | 'direction'>> = {
  markOf: ({ id, direction }) => ({ id, direction }),
  newestFirst: (a, b) => {
    if (a.id !== b.id) return a.id > b.id ? -1 : 1
    return b.direction.localeCompare(a.direction)
  },
}

/** One event is published by one service and received by others; each of these is a line of its own. */
export const keyOf = (event: ServiceEvent) => `${event.id}/${event.service}/${event.direction}`
