import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What integrations keeps of a person in a school. The scope is that school's. */

export function selectUsageOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select hour, kind, source_id, operation, requests, limited, refused, failed from usage_hours
    where organization_id = ${db.organizationId} and user_id = ${userId} order by hour, operation, source_id`)
}

export function selectDeliveriesNaming(db: Queryable, userId: string) {
  return db.rows(sql`
    select d.event, d.event_id, d.created_at, d.status, w.url, d.body::jsonb as message
    from deliveries d join webhooks w on w.organization_id = d.organization_id and w.id = d.webhook_id
    where d.organization_id = ${db.organizationId} and d.person_id = ${userId} order by d.id`)
}

export async function deleteDeliveriesNaming(tx: Queryable, userId: string): Promise<void> {
  await tx.run(sql`
    delete from deliveries where organization_id = ${tx.organizationId} and person_id = ${userId}`)
}
