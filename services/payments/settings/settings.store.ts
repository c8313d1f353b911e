import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Settings = {
  currencies: string[]
  /** For how many days after a payment its buyer may ask for it back; 0 for never. */
  refundRequestDays: number
  /** In which figures of all currencies are told together; null where each is told alone. */
  reportingCurrency: string | null
}

/** What holds for a school that has said nothing. */
const unsaid: Settings = { currencies: ['ZAR'], refundRequestDays: 14, reportingCurrency: null }

export async function selectSettings(db: Queryable): Promise<Settings> {
  const row = await db.optional<Settings>(
    sql`select currencies, refund_request_days, reporting_currency from settings where organization_id = ${db.organizationId}`,
  )
  return row ?? unsaid
}

export const selectCurrencies = async (db: Queryable): Promise<string[]> =>
  (await selectSettings(db)).currencies

export async function upsertSettings(
  db: Queryable,
  { currencies, refundRequestDays, reportingCurrency }: Settings,
): Promise<void> {
  await db.run(sql`
    insert into settings (organization_id, currencies, refund_request_days, reporting_currency)
    values (${db.organizationId}, ${currencies}::text[], ${refundRequestDays}, ${reportingCurrency})
    on conflict (organization_id) do update set currencies = excluded.currencies,
      refund_request_days = excluded.refund_request_days,
      reporting_currency = excluded.reporting_currency, updated_at = now()`)
}
