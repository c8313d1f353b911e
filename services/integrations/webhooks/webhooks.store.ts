import type { EventName } from '@azora/contracts/events.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type WebhookStatus = 'active' | 'paused' | 'failing' | 'disabled'

export type WebhookRow = {
  id: string
  url: string
  description: string
  events: EventName[]
  status: WebhookStatus
  createdAt: string
  lastDeliveryAt: string | null
}

const columns = sql`id, url, description, events, status, created_at, last_delivery_at`

export function insertWebhook(
  tx: Queryable,
  row: {
    id: string
    organizationId: string
    url: string
    description: string
    events: EventName[]
    secret: string
  },
): Promise<WebhookRow> {
  return tx.one<WebhookRow>(sql`
    insert into webhooks (id, organization_id, url, description, events, secret)
    values (${row.id}, ${row.organizationId}, ${row.url}, ${row.description}, ${row.events}::text[], ${row.secret})
    returning ${columns}`)
}

/** How many the school of the transaction has, counted while nobody else makes one. */
export async function countWebhooks(tx: Queryable): Promise<number> {
  await tx.one(sql`select pg_advisory_xact_lock(hashtext('webhooks'), hashtext(${tx.organizationId}))`)
  const { n } = await tx.one<{ n: number }>(sql`
    select count(*) as n from webhooks where organization_id = ${tx.organizationId}`)
  return n
}

export function selectWebhooks(db: Queryable): Promise<WebhookRow[]> {
  return db.rows<WebhookRow>(sql`
    select ${columns} from webhooks where organization_id = ${db.organizationId} order by created_at desc, id desc`)
}

export function selectOptionalWebhook(db: Queryable, id: string): Promise<WebhookRow | null> {
  return db.optional<WebhookRow>(sql`
    select ${columns} from webhooks where organization_id = ${db.organizationId} and id = ${id}`)
}

/** Change what is given. One that is made active starts with a clean slate. */
export function updateWebhook(
  tx: Queryable,
  change: {
    id: string
    url: string | null
    description: string | null
    events: EventName[] | null
    status: 'active' | 'paused' | null
  },
): Promise<WebhookRow | null> {
  return tx.optional<WebhookRow>(sql`
    update webhooks set url = coalesce(${change.url}, url), description = coalesce(${change.description}, description),
      events = coalesce(${change.events}::text[], events), status = coalesce(${change.status}, status),
      failing_since = case when ${change.status}::text = 'active' then null else failing_since end
    where organization_id = ${tx.organizationId} and id = ${change.id} returning ${columns}`)
}

/** The secret so far stays good for as many hours. */
export function rotateSecret(
  tx: Queryable,
  change: { id: string; secret: string; previousHours: number },
): Promise<WebhookRow | null> {
  return tx.optional<WebhookRow>(sql`
    update webhooks set previous_secret = secret, secret = ${change.secret},
      previous_secret_until = clock_timestamp() + make_interval(hours => ${change.previousHours})
    where organization_id = ${tx.organizationId} and id = ${change.id} returning ${columns}`)
}

/** @returns the webhook that was deleted; null when there was none. */
export function deleteWebhook(tx: Queryable, id: string): Promise<WebhookRow | null> {
  return tx.optional<WebhookRow>(sql`
    delete from webhooks where organization_id = ${tx.organizationId} and id = ${id} returning ${columns}`)
}

/** Something arrived: whatever was wrong is over. */
export async function noteArrival(tx: Queryable, id: string): Promise<void> {
  await tx.run(sql`
    update webhooks set last_delivery_at = clock_timestamp(), failing_since = null,
      status = case when status = 'failing' then 'active' else status end
    where organization_id = ${tx.organizationId} and id = ${id}`)
}

/**
 * Something did not arrive. Null when the webhook is gone.
 * @param gone the other side said that nobody will be there again.
 */
export function noteFailure(
  tx: Queryable,
  { id, patienceHours, gone }: { id: string; patienceHours: number; gone: boolean },
): Promise<{ description: string; justDisabled: boolean } | null> {
  return tx.optional<{ description: string; justDisabled: boolean }>(sql`
    update webhooks w set failing_since = coalesce(w.failing_since, clock_timestamp()),
      status = case
        when w.status in ('paused', 'disabled') then w.status
        when ${gone} or w.failing_since < clock_timestamp() - make_interval(hours => ${patienceHours}) then 'disabled'
        else 'failing' end
    from (
      select id, status from webhooks where organization_id = ${tx.organizationId} and id = ${id} for update) before
    where w.organization_id = ${tx.organizationId} and w.id = before.id
    returning w.description, w.status = 'disabled' and before.status <> 'disabled' as just_disabled`)
}
