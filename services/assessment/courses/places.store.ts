import type { EventPayload } from '@azora/contracts/events.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Our copy of where the quizzes of a course stand, replaced as a whole. An event older than the copy is let pass. */
export async function replacePlaces(
  db: Queryable,
  { courseId, organizationId, revision, places }: EventPayload<'course.quizzes_placed'>,
): Promise<void> {
  const newer = await db.run(sql`
    insert into course_places (organization_id, course_id, revision)
    values (${organizationId}, ${courseId}, ${revision})
    on conflict (course_id) do update set revision = excluded.revision
    where course_places.organization_id = excluded.organization_id and course_places.revision < excluded.revision`)
  if (newer === 0) return
  await db.run(
    sql`delete from quiz_places where organization_id = ${organizationId} and course_id = ${courseId}`,
  )
  await db.run(sql`
    insert into quiz_places (organization_id, course_id, quiz_id, lesson_id, lesson_title, open)
    select ${organizationId}::uuid, ${courseId}::uuid, p."quizId", p."lessonId", p."lessonTitle", p.open
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as p ("quizId" uuid, "lessonId" uuid, "lessonTitle" text, open boolean)`)
}

export async function deletePlaces(db: Queryable, courseId: string): Promise<void> {
  await db.run(
    sql`delete from quiz_places where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
  await db.run(sql`
    delete from course_places where organization_id = ${db.organizationId} and course_id = ${courseId}`)
}

/** The lessons that show a quiz; those that learners see first. */
export async function selectPlaces(db: Queryable, quizId: string) {
  return db.rows<{ lessonId: string; lessonTitle: string; open: boolean }>(sql`
    select lesson_id, lesson_title, open from quiz_places
    where organization_id = ${db.organizationId} and quiz_id = ${quizId}
    order by open desc, lesson_title, lesson_id`)
}

/** Keep quizzes from being emptied or deleted for a minute. Waits for who is changing one of them. */
export async function lockQuizRows(db: Queryable, courseId: string, quizIds: string[]) {
  await db.run(sql`
    select from quizzes
    where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${quizIds}::uuid[])
    order by id for update`)
  await db.run(sql`
    update quizzes set held_until = clock_timestamp() + interval '1 minute'
    where organization_id = ${db.organizationId} and course_id = ${courseId} and id = any(${quizIds}::uuid[])`)
  return db.rows<{ quizId: string; questionCount: number }>(sql`
    select q.id as quiz_id, (
      select count(*) from questions n where n.organization_id = q.organization_id and n.quiz_id = q.id) as question_count
    from quizzes q
    where q.organization_id = ${db.organizationId} and q.course_id = ${courseId}
      and q.id = any(${quizIds}::uuid[]) and not q.bank`)
}

export async function selectIsHeld(db: Queryable, quizId: string): Promise<boolean> {
  const held = await db.rows(sql`
    select 1 from quizzes
    where organization_id = ${db.organizationId} and id = ${quizId} and held_until > clock_timestamp()`)
  return held.length > 0
}
