import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Days, the last one included, of a time zone. */
export type Days = { from: string; to: string; timeZone: string }

/** When the days begin, and when the one after them does. */
export function selectBounds(
  db: Queryable,
  { from, to, timeZone }: Days,
): Promise<{ from: string; until: string }> {
  return db.one(sql`
    select ${from}::date::timestamp at time zone ${timeZone} as from,
      (${to}::date + 1)::timestamp at time zone ${timeZone} as until`)
}

type About = { id: string; senderName: string; recipientName: string; note: string }

/** What is known of the lines of a statement beyond the journal. */
export async function selectAbout(db: Queryable, ids: readonly string[]): Promise<Map<string, About>> {
  const rows = await db.rows<About>(sql`
    select transfer_id as id, sender_name, recipient_name, note from wallet_messages
    where organization_id = ${db.organizationId} and transfer_id = any(${ids}::uuid[])`)
  return new Map(rows.map(row => [row.id, row]))
}
