import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Settings = {
  currencies: string[]
  /** For how many days after a payment its buyer may ask for it back; 0 for never. */
  refundRequestDays: number
}

/** What holds for a school that has said nothing. */
const unsaid: Settings = { currencies: ['ZAR'], refundRequestDays: 14 }

export async function selectSettings(db: Queryable): Promise<Settings> {
  const row = await db.optional<Settings>(
    sql`select currencies, refund_request_days from settings where organization_id = ${db.organizationId}`,
  )
  return row ?? unsaid
}

export const selectCurrencies = async (db: Queryable): Promise<string[]> =>
  (await selectSettings(db)).currencies

export async function upsertSettings(
  db: Queryable,
  { currencies, refundRequestDays }: Settings,
): Promise<void> {
  await db.run(sql`
    insert into settings (organization_id, currencies, refund_request_days)
    values (${db.organizationId}, ${currencies}::text[], ${refundRequestDays})
    on conflict (organization_id) do update set currencies = excluded.currencies,
      refund_request_days = excluded.refund_request_days, updated_at = now()`)
}
