import type { ScopedDatabase } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Everything in the books, as text: two readings are equal when not a byte has changed. */
export async function snapshotOf({ organizationId, one }: ScopedDatabase): Promise<string> {
  const { all } = await one<{ all: string }>(sql`
    select concat(
      (select string_agg(a::text, E'\n' order by a.id) from accounts a where a.organization_id = ${organizationId}), ' | ',
      (select string_agg(t::text, E'\n' order by t.sequence) from transfers t where t.organization_id = ${organizationId}), ' | ',
      (select string_agg(b::text, E'\n' order by b.id) from bookings b where b.organization_id = ${organizationId}), ' | ',
      (select string_agg(e::text, E'\n' order by e.transfer_id) from pending_expiries e
        where e.organization_id = ${organizationId})) as all`)
  return all
}

/** Sets the moment at which a pending transfer times out into the past, as waiting would. */
export async function letTimeOut({ organizationId, run }: ScopedDatabase, transferId: string): Promise<void> {
  await run(sql`
    update pending_expiries set expires_at = now() - interval '1 second'
    where organization_id = ${organizationId} and transfer_id = ${transferId}`)
}
