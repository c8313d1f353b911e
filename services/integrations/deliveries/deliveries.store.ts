import type { EventName } from '@azora/contracts/events.ts'
import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type DeliveryStatus = 'waiting' | 'delivered' | 'failed'

export type DeliveryRow = {
  id: string
  webhookId: string
  eventId: string
  event: string
  status: DeliveryStatus
  attempts: number
  responseStatus: number | null
  error: string | null
  durationMs: number | null
  createdAt: string
  lastAttemptAt: string | null
  nextAttemptAt: string | null
}

const columns = sql`
  id, webhook_id, event_id, event, status, attempts, response_status, error, duration_ms, created_at,
  last_attempt_at, next_attempt_at`

/** Who in the school of the transaction is to be told of an event. */
export function selectListeningWebhooks(tx: Queryable, event: EventName): Promise<{ id: string }[]> {
  return tx.rows<{ id: string }>(sql`
    select id from webhooks where organization_id = ${tx.organizationId}
      and status in ('active', 'failing') and ${event} = any(events)`)
}

/** One delivery for each webhook; a webhook that has this event already gets no second one. */
export async function insertDeliveries(
  tx: Queryable,
  rows: { id: string; webhookId: string }[],
  message: {
    organizationId: string
    eventId: string
    event: string
    personId: string | null
    body: string
  },
): Promise<void> {
  await tx.run(sql`
    insert into deliveries (id, webhook_id, organization_id, event_id, event, person_id, body)
    select r.id, r.webhook_id, ${message.organizationId}, ${message.eventId}, ${message.event}, ${message.personId},
      ${message.body}
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.webhookId)}::uuid[]) as r (id, webhook_id)
    on conflict (webhook_id, event_id) where replay_of is null do nothing`)
}

/** Newest first, before the one of that id. */
export function selectDeliveries(
  db: Queryable,
  which: {
    webhookId: string
    status: DeliveryStatus | null
    before: string | null
    limit: number
  },
): Promise<DeliveryRow[]> {
  return db.rows<DeliveryRow>(sql`
    select ${columns} from deliveries
    where organization_id = ${db.organizationId}
      and webhook_id = ${which.webhookId} and (${which.status}::text is null or status = ${which.status})
      and (${which.before}::uuid is null or id < ${which.before})
    order by id desc limit ${which.limit}`)
}

/** A delivery with all that went there and back. */
export function selectOptionalDelivery(db: Queryable, id: string) {
  return db.optional<
    DeliveryRow & {
      requestHeaders: Record<string, string>
      requestBody: string
      responseBody: string | null
    }
  >(
    sql`select ${columns}, request_headers, body as request_body, response_body from deliveries
      where organization_id = ${db.organizationId} and id = ${id}`,
  )
}

/** The same message once more, as a delivery of its own; null when there is no such one. */
export function insertReplay(
  tx: Queryable,
  { id, of }: { id: string; of: string },
): Promise<DeliveryRow | null> {
  return tx.optional<DeliveryRow>(sql`
    insert into deliveries (id, organization_id, webhook_id, event_id, event, person_id, body, replay_of)
    select ${id}, organization_id, webhook_id, event_id, event, person_id, body, id from deliveries
    where organization_id = ${tx.organizationId} and id = ${of}
    returning ${columns}`)
}

/** Failed deliveries since then of events that have not arrived by another delivery and are not on their way. */
export async function selectFailed(
  tx: Queryable,
  which: { webhookId: string; since: string; limit: number },
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct on (d.event_id) d.id from deliveries d
    where d.organization_id = ${tx.organizationId} and d.webhook_id = ${which.webhookId} and d.status = 'failed'
      and d.created_at >= ${which.since} and d.event <> 'webhook.test' and not exists (
        select from deliveries o where o.organization_id = d.organization_id and o.webhook_id = d.webhook_id
          and o.event_id = d.event_id and o.status <> 'failed')
    order by d.event_id, d.id limit ${which.limit}`)
  return rows.map(row => row.id)
}

/** Messages once more, each as a delivery of its own. @returns how many. */
export function insertReplays(tx: Queryable, rows: { id: string; of: string }[]): Promise<number> {
  return tx.run(sql`
    insert into deliveries (id, organization_id, webhook_id, event_id, event, person_id, body, replay_of)
    select r.id, d.organization_id, d.webhook_id, d.event_id, d.event, d.person_id, d.body, d.id
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.of)}::uuid[]) as r (id, replay_of)
    join deliveries d on d.organization_id = ${tx.organizationId} and d.id = r.replay_of`)
}

/** @returns how many were removed, at most so many at a time. */
export function deleteOldDeliveries(db: Unscoped, days: number, most: number): Promise<number> {
  return db.run(sql`
    delete from deliveries where id in (
      select id from deliveries where created_at < clock_timestamp() - make_interval(days => ${days}) limit ${most})`)
}
