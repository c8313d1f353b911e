import { z } from 'zod'
import { operation } from './operation.ts'
import { done, id, pageOf, paging, time } from './wire.ts'

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

const jobNumber = z.string().regex(/^\d{1,18}$/, 'Digits.')

const queue = z.object({
  waiting: z.number().int(),
  /** Given up after all attempts: the dead letters. */
  failed: z.number().int(),
  /** How long the oldest has waited, in seconds. */
  oldestSeconds: z.number(),
})

/** What every service lets an operator see and mend of itself. */
export function operationsOf<const S extends string>(service: S) {
  const tags: [S] = [service]
  return {
    listEvents: operation({
      method: 'GET',
      path: `/${service}/events`,
      access: 'operations.read',
      tags,
      summary: 'The events that this service published and received, newest first.',
    })
      .input(
        z.object({
          status: z.enum(['waiting', 'done', 'failed']).optional(),
          q: z.string().max(120).optional(),
          ...paging,
        }),
      )
      .output(pageOf(eventRecord)),
    retryEvent: operation({
      method: 'POST',
      path: `/${service}/events/{eventId}/retry`,
      access: 'operations.manage',
      tags,
      summary: 'Retry an event that was given up.',
    })
      .input(z.object({ eventId: id }))
      .output(done),
    getStatus: operation({
      method: 'GET',
      path: `/${service}/status`,
      access: 'operations.read',
      tags,
      summary: 'How this service is: its database, its queues, its jobs.',
    }).output(
      z.object({
        service: z.string(),
        /** Seconds since this process of the service started. */
        upSeconds: z.number(),
        memoryBytes: z
          .number()
          .int()
          .nullable()
          .describe('Memory of the process; null for all but operators, since other schools share it.'),
        database: z.object({ connections: z.number().int(), awaited: z.number().int() }),
        outbox: queue,
        inbox: queue,
        jobs: queue,
      }),
    ),
    listFailedJobs: operation({
      method: 'GET',
      path: `/${service}/jobs/failed`,
      access: 'operations.read',
      tags,
      summary: 'The background jobs of this service that were given up, newest first.',
    })
      .input(
        z.object({
          cursor: jobNumber.optional(),
          // As many as were answered before there were pages: without a limit, callers get what they got then.
          limit: paging.limit.default(100),
        }),
      )
      .output(
        pageOf(
          z.object({
            id: z.string(),
            task: z.string(),
            attempts: z.number().int(),
            error: z.string().nullable(),
            at: time,
          }),
        ),
      ),
    retryJob: operation({
      method: 'POST',
      path: `/${service}/jobs/{jobId}/retry`,
      access: 'operations.manage',
      tags,
      summary: 'Retry a background job that was given up.',
    })
      .input(z.object({ jobId: jobNumber }))
      .output(done),
  }
}
