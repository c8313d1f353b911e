import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A member of a school as an email addresses them. */
export async function selectOptionalMember(db: Unscoped, member: { userId: string; organizationId: string }) {
  return db.optional<{ email: string; name: string; schoolName: string }>(sql`
    select u.email, u.name, o.name as school_name
    from memberships m join users u on u.id = m.user_id join organizations o on o.id = m.organization_id
    where m.user_id = ${member.userId} and m.organization_id = ${member.organizationId}`)
}
