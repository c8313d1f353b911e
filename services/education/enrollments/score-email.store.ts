import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Who is told of a score, while they are enrolled in its course. */
export async function selectOptionalRecipient(db: Queryable, userId: string, courseId: string) {
  return db.optional<{
    email: string
    name: string
    courseTitle: string
    courseSlug: string
    schoolName: string
  }>(sql`
    select p.email, p.name, c.title as course_title, c.slug as course_slug, o.name as school_name
    from enrollments e
    join people p on p.organization_id = e.organization_id and p.user_id = e.user_id
    join courses c on c.organization_id = e.organization_id and c.id = e.course_id
    join organizations o on o.id = e.organization_id
    where e.organization_id = ${db.organizationId} and e.user_id = ${userId} and e.course_id = ${courseId}
      and p.email <> ''`)
}
