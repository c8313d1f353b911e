import { type Rate, rateFrom } from '@azora/billing/exchange/exchange.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What one unit of `from` is worth, as a decimal number. */
export type PublishedRate = { from: string; to: string; rate: string; on: string; source: string }

/** The latest of each pair up to a day. */
export const selectLatestRates = (
  db: Queryable,
  upTo: string,
): Promise<(PublishedRate & { savedAt: string })[]> =>
  db.rows<PublishedRate & { savedAt: string }>(sql`
    select distinct on (from_currency, to_currency) from_currency as "from", to_currency as "to", rate, on_day::text as "on",
      source, saved_at
    from exchange_rates where organization_id = ${db.organizationId} and on_day <= ${upTo}::date
    order by from_currency, to_currency, on_day desc`)

export const exactly = ({ rate, ...about }: PublishedRate): Rate => rateFrom(rate, about)

/** @returns how many of them are new, or other than they were */
export async function upsertRates(tx: Transaction, rates: readonly PublishedRate[]): Promise<number> {
  const { count } = await tx.one<{ count: number }>(sql`
    with saved as (
      insert into exchange_rates (organization_id, from_currency, to_currency, on_day, rate, source)
      select ${tx.organizationId}::uuid, r."from", r."to", r."on"::date, r.rate, r.source
      from jsonb_to_recordset(${JSON.stringify(rates)}::jsonb) as r("from" text, "to" text, "on" text, rate text, source text)
      order by 2, 3, 4
      on conflict (organization_id, from_currency, to_currency, on_day) do update
        set rate = excluded.rate, source = excluded.source, saved_at = now()
        where (exchange_rates.rate, exchange_rates.source) <> (excluded.rate, excluded.source)
      returning 1
    ) select count(*)::int as count from saved`)
  return count
}
