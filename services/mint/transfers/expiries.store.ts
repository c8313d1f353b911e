import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Due = { organizationId: string; transferId: string }

/** Pending transfers that have timed out, in every school; those first that have waited longest. */
export function selectDue(db: Unscoped, limit: number): Promise<Due[]> {
  return db.rows<Due>(sql`
    select organization_id, transfer_id from pending_expiries where expires_at <= now() order by expires_at limit ${limit}`)
}
