import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

// Enough for anyone who travels; the latest count.
const most = 200

/**
 * Network addresses from which the owner of an account signed in or set a new password by email, as far back as
 * those are kept. For the scope across schools.
 */
export async function selectKnownAddresses(db: Unscoped, email: string): Promise<string[]> {
  const rows = await db.rows<{ ip: string }>(sql`
    with owner as (select id from users where email = ${email}),
    seen as (
      select s.ip, s.created_at as at from sessions s join owner on s.user_id = owner.id
      where s.impersonator_id is null
      union all
      select r.spent_from, r.spent_at from password_resets r join owner on r.user_id = owner.id
      where r.spent_at is not null)
    select ip from seen group by ip order by max(at) desc limit ${most}`)
  return rows.map(row => row.ip)
}
