import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

type Revocation = { number: number; kind: 'session' | 'user'; id: string; at: string }

// A row may commit after one with a higher number; anyone who asks again a little later must still see it.
const overlapSeconds = 30
// Longer than an access token lives.
const keptMinutes = 20

/** What was revoked after the one of that number, and once more what was revoked in the last seconds. */
export function selectRevocations(db: Unscoped, after: number): Promise<Revocation[]> {
  return db.rows<Revocation>(sql`
    select number, kind, id, at from revocations
    where (number > ${after} or at > clock_timestamp() - make_interval(secs => ${overlapSeconds}))
      and at > clock_timestamp() - make_interval(mins => ${keptMinutes})
    order by number`)
}

/** The access token of a session, API key or OAuth client is no longer to be believed. */
export async function revokeTokensOf(db: Unscoped, id: string): Promise<void> {
  await db.run(sql`insert into revocations (kind, id) values ('session', ${id})`)
}

/** A person's tokens from before now are stale: they are to be refreshed. */
export async function makeTokensStale(db: Unscoped, userId: string): Promise<void> {
  await db.run(sql`insert into revocations (kind, id) values ('user', ${userId})`)
}

export async function deleteOldRevocations(db: Unscoped): Promise<void> {
  await db.run(
    sql`delete from revocations where at < clock_timestamp() - 2 * make_interval(mins => ${keptMinutes})`,
  )
}
