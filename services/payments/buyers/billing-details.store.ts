import type { BillingDetails } from '@azora/contracts/payments/buyer.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export async function selectOptionalDetails(db: Queryable, userId: string): Promise<BillingDetails | null> {
  const row = await db.optional<{ details: BillingDetails }>(sql`
    select details from billing_details where organization_id = ${db.organizationId} and user_id = ${userId}`)
  return row?.details ?? null
}

export async function upsertDetails(db: Queryable, userId: string, details: BillingDetails): Promise<void> {
  await db.run(sql`
    insert into billing_details (organization_id, user_id, details)
    values (${db.organizationId}, ${userId}, ${JSON.stringify(details)}::jsonb)
    on conflict (organization_id, user_id) do update set details = excluded.details, updated_at = now()`)
}

export async function deleteDetails(db: Queryable, userId: string): Promise<void> {
  await db.run(sql`
    delete from billing_details where organization_id = ${db.organizationId} and user_id = ${userId}`)
}
