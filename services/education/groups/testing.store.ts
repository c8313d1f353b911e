import type { EventPayload } from '@azora/contracts/events.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'

/** What was told of the groups of a course, the first first. */
export async function toldGroups(db: Queryable, courseId: string) {
  const rows = await db.rows<{ payload: EventPayload<'course.groups_changed'> }>(sql`
    select payload from outbox
    where organization_id = ${db.organizationId} and name = 'course.groups_changed'
      and payload ->> 'courseId' = ${courseId} order by (payload ->> 'revision')::int`)
  return rows.map(({ payload }) => payload)
}

/** Locks the row of a course. */
export const courseHeld = (db: Queryable, courseId: string): Sql => sql`
  select from courses where organization_id = ${db.organizationId} and id = ${courseId} for update`
