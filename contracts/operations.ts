import { z } from 'zod'
import { operation } from './operation.ts'
import { id, pageOf, paging, time } from './wire.ts'

export const eventRecord = z.object({
  id,
  name: z.string(),
  direction: z.enum(['published', 'received']),
  status: z.enum(['waiting', 'done', 'failed']),
  attempts: z.number().int(),
  error: z.string().nullable(),
  correlationId: z.string(),
  at: time,
})

/** What every service lets an operator see of itself: the events it published and received. */
export function operationsOf<const S extends string>(service: S) {
  return {
    listEvents: operation({
      method: 'GET',
      path: `/${service}/events`,
      access: 'operations.read',
      tags: [service],
      summary: 'The events that this service published and received, newest first.',
    })
      .input(z.object({ ...paging }))
      .output(pageOf(eventRecord)),
  }
}
