import type { TaxSettings } from '@azora/contracts/payments/tax.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type SavedSettings = { version: number; settings: TaxSettings; setAt: string }

/** @param version the latest unless given. */
export function selectOptionalTaxSettings(db: Queryable, version?: number): Promise<SavedSettings | null> {
  return db.optional<SavedSettings>(sql`
    select version, settings, set_at from tax_settings
    where organization_id = ${db.organizationId} and (${version ?? null}::int is null or version = ${version ?? null}::int)
    order by version desc limit 1`)
}

/** @returns false where somebody saved this version meanwhile. */
export async function insertOptionalTaxSettings(
  tx: Transaction,
  saved: { version: number; settings: TaxSettings; setBy: string },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into tax_settings (organization_id, version, settings, set_by)
    values (${tx.organizationId}, ${saved.version}, ${JSON.stringify(saved.settings)}::jsonb, ${saved.setBy})
    on conflict (organization_id, version) do nothing`)
  return made === 1
}
