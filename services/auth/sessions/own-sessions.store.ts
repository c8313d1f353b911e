import type { Unscoped } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'

/** A live session as its person or an administrator sees it. Times are ISO 8601. */
export type SessionRow = {
  id: string
  ip: string
  userAgent: string
  createdAt: string
  lastSeenAt: string
  /** The name of the administrator who looks through the person's eyes. */
  impersonatedBy: string | null
}

// Programs that sign in anew for each run leave many behind.
const most = 100

/** Someone's live sessions, in one school or, for the scope across schools, in all; the current one, then the latest. */
export function selectSessions(
  db: Unscoped,
  of: { userId: string; organizationId: string | null; current: string },
): Promise<SessionRow[]> {
  return db.rows<SessionRow>(sql`
    select s.id, s.ip, s.user_agent, s.created_at, s.last_seen_at, i.name as impersonated_by
    from sessions s left join users i on i.id = s.impersonator_id
    where s.user_id = ${of.userId} and s.revoked_at is null and s.expires_at > clock_timestamp()
      ${of.organizationId === null ? none : sql`and s.organization_id = ${of.organizationId}`}
    order by s.id = ${of.current} desc, s.last_seen_at desc, s.id desc limit ${most}`)
}
