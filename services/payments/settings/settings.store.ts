import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** In what a school sells that has said nothing. */
const unsaid = ['ZAR']

export async function selectCurrencies(db: Queryable): Promise<string[]> {
  const row = await db.optional<{ currencies: string[] }>(
    sql`select currencies from settings where organization_id = ${db.organizationId}`,
  )
  return row?.currencies ?? unsaid
}

export async function upsertCurrencies(db: Queryable, currencies: readonly string[]): Promise<void> {
  await db.run(sql`
    insert into settings (organization_id, currencies) values (${db.organizationId}, ${[...currencies]}::text[])
    on conflict (organization_id) do update set currencies = excluded.currencies, updated_at = now()`)
}
