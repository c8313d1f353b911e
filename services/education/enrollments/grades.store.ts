import type { EventPayload } from '@azora/contracts/events.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/**
 * Keep the course grades that assessment told. An event that comes twice, or after a later one, changes nothing.
 * A grade of someone who is not enrolled is not kept.
 */
export async function takeGrades(
  db: Queryable,
  grades: readonly EventPayload<'grade.changed'>[],
): Promise<void> {
  const given = grades.map(({ courseId, userId, percent, letter, told, revision }) => ({
    courseId,
    userId,
    percent,
    letter,
    toldPercent: told.percent,
    toldLetter: told.letter,
    revision,
  }))
  // In the order of the enrolments, so that two who do this for the same learners do not wait for each other.
  await db.run(sql`
    with latest as (
      select distinct on (g."courseId", g."userId") g.*
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g ("courseId" uuid, "userId" uuid, percent numeric,
        letter text, "toldPercent" numeric, "toldLetter" text, revision int)
      order by g."courseId", g."userId", g.revision desc
    ), held as (
      select e.id, l.* from latest l join enrollments e
        on e.organization_id = ${db.organizationId} and e.course_id = l."courseId" and e.user_id = l."userId"
      order by e.id for update of e
    )
    update enrollments e set grade_percent = held.percent, grade_letter = held.letter,
      told_percent = held."toldPercent", told_letter = held."toldLetter", grade_revision = held.revision
    from held
    where e.organization_id = ${db.organizationId} and e.id = held.id and e.grade_revision < held.revision`)
}
