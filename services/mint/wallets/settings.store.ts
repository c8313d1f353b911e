import type { Money } from '@azora/contracts/money.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Senders = 'nobody' | 'staff' | 'everyone'
export type WalletSettings = { senders: Senders; limits: Money[] }

export async function selectSettings(db: Queryable): Promise<WalletSettings> {
  const kept = await db.optional<{ senders: Senders }>(
    sql`select senders from wallet_settings where organization_id = ${db.organizationId}`,
  )
  const limits = await db.rows<Money>(sql`
    select per_day_minor as amount_minor, currency from wallet_limits
    where organization_id = ${db.organizationId} order by currency`)
  return { senders: kept?.senders ?? 'nobody', limits }
}

export async function replaceSettings(tx: Transaction, { senders, limits }: WalletSettings): Promise<void> {
  await tx.run(sql`
    insert into wallet_settings (organization_id, senders) values (${tx.organizationId}, ${senders})
    on conflict (organization_id) do update set senders = excluded.senders, updated_at = now()`)
  await tx.run(sql`delete from wallet_limits where organization_id = ${tx.organizationId}`)
  await tx.run(sql`
    insert into wallet_limits (organization_id, currency, per_day_minor)
    select ${tx.organizationId}::uuid, * from unnest(${limits.map(one => one.currency)}::text[],
      ${limits.map(one => one.amountMinor)}::bigint[])`)
}
