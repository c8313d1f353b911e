import { z } from 'zod'
import { type EventName, events, innerEvents } from './events.ts'
import { integrationsNotes } from './notes/integrations.ts'
import { operation } from './operation.ts'
import { operationsOf } from './operations.ts'
import { defineService } from './service.ts'
import { once } from './shown-once.ts'
import { done, growing, id, pageOf, paging, time } from './wire.ts'

/** What a school's own programs are told: webhooks, and how much of the API they use. */

const tags: [string] = ['integrations']

/** The events that a webhook may ask for. */
export const webhookEvents = (Object.keys(events) as EventName[]).filter(name => !innerEvents.has(name))
const webhookEvent = z.enum(webhookEvents as [EventName, ...EventName[]]).meta(growing)

const webhook = z.object({
  id,
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEvent),
  /** Stopped by its owner, or by us after three days of failures. */
  status: z.enum(['active', 'paused', 'failing', 'disabled']),
  createdAt: time,
  lastDeliveryAt: time.nullable(),
})

const delivery = z.object({
  id,
  webhookId: id,
  /** The `webhook-id` header: the same for every attempt and replay of one event. */
  eventId: id,
  event: z.string(),
  status: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.number().int(),
  /** HTTP status of the last attempt; null when no answer came. */
  responseStatus: z.number().int().nullable(),
  error: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  createdAt: time,
  lastAttemptAt: time.nullable(),
  nextAttemptAt: time.nullable(),
})

const url = z.url({ protocol: /^https?$/ }).max(500)
const wanted = {
  url,
  description: z.string().trim().max(200).default(''),
  events: z.array(webhookEvent).min(1),
}
const secretOnce = { secret: once(z.string()) }
const byAdmin = { access: 'integrations.manage', tags } as const
const ofPower = { ...byAdmin, grants: true } as const

/** Requests in one hour or day, and how they ended. */
const bucket = z.object({
  at: time,
  requests: z.number().int(),
  /** Refused by a rate limit. */
  limited: z.number().int(),
  /** Answered 400 to 499, the limited ones aside. */
  refused: z.number().int(),
  /** Answered 500 and above. */
  failed: z.number().int(),
})

export const integrationsContract = {
  listWebhooks: operation({
    method: 'GET',
    path: '/integrations/webhooks',
    ...byAdmin,
    summary: 'The webhooks of the school.',
  }).output(z.object({ items: z.array(webhook) })),
  createWebhook: operation({
    method: 'POST',
    path: '/integrations/webhooks',
    ...ofPower,
    successStatus: 201,
    summary: 'A new webhook. Its secret is shown only once.',
    description:
      'Deliveries are signed as the Standard Webhooks specification says: `webhook-id`, `webhook-timestamp`, `webhook-signature`. Addresses within private networks are refused.',
  })
    .input(z.object(wanted))
    .output(webhook.extend(secretOnce)),
  saveWebhook: operation({
    method: 'PATCH',
    path: '/integrations/webhooks/{webhookId}',
    ...ofPower,
    summary: 'Change, pause or resume a webhook.',
  })
    .input(
      z.object({
        webhookId: id,
        url: url.optional(),
        description: z.string().trim().max(200).optional(),
        events: z.array(webhookEvent).min(1).optional(),
        status: z.enum(['active', 'paused']).optional(),
      }),
    )
    .output(webhook),
  deleteWebhook: operation({
    method: 'DELETE',
    path: '/integrations/webhooks/{webhookId}',
    ...byAdmin,
    summary: 'Delete a webhook with its log.',
  })
    .input(z.object({ webhookId: id }))
    .output(done),
  rotateWebhookSecret: operation({
    method: 'POST',
    path: '/integrations/webhooks/{webhookId}/secret',
    ...ofPower,
    summary: 'A new secret. For a day deliveries are signed with both.',
  })
    .input(z.object({ webhookId: id }))
    .output(webhook.extend(secretOnce)),
  testWebhook: operation({
    method: 'POST',
    path: '/integrations/webhooks/{webhookId}/test',
    ...byAdmin,
    summary: 'Send a `webhook.test` event now.',
  })
    .input(z.object({ webhookId: id }))
    .output(delivery),
  listDeliveries: operation({
    method: 'GET',
    path: '/integrations/webhooks/{webhookId}/deliveries',
    ...byAdmin,
    summary: 'The deliveries of a webhook, newest first.',
  })
    .input(
      z.object({
        webhookId: id,
        status: z.enum(['waiting', 'delivered', 'failed']).optional(),
        ...paging,
      }),
    )
    .output(pageOf(delivery)),
  getDelivery: operation({
    method: 'GET',
    path: '/integrations/deliveries/{deliveryId}',
    ...byAdmin,
    summary: 'One delivery: what was sent and what came back.',
  })
    .input(z.object({ deliveryId: id }))
    .output(
      delivery.extend({
        requestHeaders: z.record(z.string(), z.string()),
        requestBody: z.string(),
        /** The first 4 KB of it. */
        responseBody: z.string().nullable(),
      }),
    ),
  replayDelivery: operation({
    method: 'POST',
    path: '/integrations/deliveries/{deliveryId}/replay',
    ...byAdmin,
    summary: 'Send a delivery again, as a new one of the same event.',
  })
    .input(z.object({ deliveryId: id }))
    .output(delivery),
  replayFailed: operation({
    method: 'POST',
    path: '/integrations/webhooks/{webhookId}/replay-failed',
    ...byAdmin,
    summary: 'Send all failed deliveries since a moment again.',
  })
    .input(z.object({ webhookId: id, since: time }))
    .output(z.object({ replayed: z.number().int() })),
  getUsage: operation({
    method: 'GET',
    path: '/integrations/usage',
    access: 'member',
    tags,
    summary: 'How much of the API you use, or (for `school`, with `integrations.manage`) the whole school.',
  })
    .input(
      z.object({
        of: z.enum(['me', 'school']).default('me'),
        /** A key or client alone. */
        sourceId: id.optional(),
        by: z.enum(['hour', 'day']).default('hour'),
        from: time,
        until: time,
      }),
    )
    .output(
      z.object({
        items: z.array(bucket),
        /** By session, key or client: who asks most. */
        sources: z.array(
          z.object({ kind: z.enum(['person', 'key', 'client']), id, requests: z.number().int() }),
        ),
        operations: z.array(z.object({ operation: z.string(), requests: z.number().int() })),
      }),
    ),
  recordUsage: operation({
    method: 'POST',
    path: '/integrations/usage-batches',
    access: 'internal',
    tags,
    summary: 'What a gateway has counted since its last report.',
  })
    .input(
      z.object({
        /** Repeated when the same counts are sent again; they count once. */
        batchId: id,
        counts: z
          .array(
            z.object({
              organizationId: id,
              kind: z.enum(['person', 'key', 'client']),
              /** The person, also behind a key; the client otherwise. */
              userId: id,
              /** The key's or client's id; the person's own for sessions. */
              sourceId: id,
              operation: z.string().max(100),
              /** The beginning of the hour. */
              hour: time,
              requests: z.number().int().min(0),
              limited: z.number().int().min(0),
              refused: z.number().int().min(0),
              failed: z.number().int().min(0),
            }),
          )
          .max(5000),
      }),
    )
    .output(done),
  ...operationsOf('integrations'),
}

export const integrations = defineService({
  name: 'integrations',
  title: 'Integrations',
  about: 'Webhooks, their deliveries, and API usage.',
  keepsPersonalData: true,
  operations: integrationsContract,
  events: {},
  notes: integrationsNotes,
})
