import { type Sql, sql } from '@azora/kit/sql.ts'

/**
 * Of each flag the later change stays, whichever device it comes from: one may have waited on its device while another
 * changed it. Its time is kept as seconds since 1970, by the database's clock.
 */
export function mergedFlags(flags: Record<string, boolean>, waitedSeconds: Record<string, number>): Sql {
  const changes = Object.entries(flags).map(([id, on]) => ({ id, on, waited: waitedSeconds[id] ?? 0 }))
  if (changes.length === 0) return sql``
  const later = sql`
    jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(id text, "on" boolean, waited float8)
    where extract(epoch from clock_timestamp()) - c.waited >= coalesce((flag_times ->> c.id)::float8, 0)`
  return sql`
    flags = flags || (select coalesce(jsonb_object_agg(c.id, c."on"), '{}') from ${later}),
    flag_times = flag_times || (
      select coalesce(jsonb_object_agg(c.id, extract(epoch from clock_timestamp()) - c.waited), '{}') from ${later}),`
}
