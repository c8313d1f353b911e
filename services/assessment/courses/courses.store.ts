import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** @param asOf when this was so, as ISO 8601: what is known from later stays. */
export async function upsertCourse(
  db: Queryable,
  course: { courseId: string; organizationId: string; instructorId: string; title: string; status: string },
  asOf: string,
): Promise<void> {
  await db.run(sql`
    insert into courses (id, organization_id, instructor_id, title, status, as_of)
    values (${course.courseId}, ${course.organizationId}, ${course.instructorId}, ${course.title}, ${course.status},
      ${asOf})
    on conflict (id) do update set instructor_id = excluded.instructor_id, title = excluded.title,
      status = excluded.status, as_of = excluded.as_of
    where courses.organization_id = excluded.organization_id and courses.as_of <= excluded.as_of`)
}

/** @param learners with the revisions of their enrolments: what is known from later stays. */
export async function insertLearners(
  db: Queryable,
  learners: readonly { courseId: string; userId: string; revision?: number | undefined }[],
): Promise<void> {
  // In one order, so that two who do this for the same learners do not wait for each other.
  await db.run(sql`
    insert into course_learners (organization_id, course_id, user_id, revision)
    select ${db.organizationId}::uuid, course_id, user_id, max(revision)
    from unnest(${learners.map(({ courseId }) => courseId)}::uuid[], ${learners.map(({ userId }) => userId)}::uuid[],
      ${learners.map(({ revision }) => revision ?? 1)}::int[]) as l (course_id, user_id, revision)
    group by course_id, user_id order by course_id, user_id
    on conflict (course_id, user_id) do update set ended = false, revision = excluded.revision
    where course_learners.organization_id = excluded.organization_id
      and course_learners.revision < excluded.revision`)
}

/** Somebody learns in a course no more; what they did and their grades stay. */
export async function endLearner(
  db: Queryable,
  learner: { courseId: string; userId: string; revision: number },
): Promise<void> {
  await db.run(sql`
    insert into course_learners (organization_id, course_id, user_id, ended, revision)
    values (${db.organizationId}, ${learner.courseId}, ${learner.userId}, true, ${learner.revision})
    on conflict (course_id, user_id) do update set ended = true, revision = excluded.revision
    where course_learners.organization_id = excluded.organization_id
      and course_learners.revision < excluded.revision`)
}

/** A deleted course had no learners, so none of its quizzes has an attempt but its author's own trials. */
export async function deleteCourseQuizzes(db: Queryable, courseId: string): Promise<void> {
  await db.run(sql`
    delete from submissions where organization_id = ${db.organizationId} and quiz_id in (
      select id from quizzes where organization_id = ${db.organizationId} and course_id = ${courseId})`)
  await db.run(
    sql`delete from quizzes where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
  await db.run(sql`
    delete from accommodations where organization_id = ${db.organizationId} and course_id = ${courseId}`)
  await db.run(sql`
    delete from course_groups where organization_id = ${db.organizationId} and course_id = ${courseId}`)
  await db.run(sql`
    delete from course_group_copies where organization_id = ${db.organizationId} and course_id = ${courseId}`)
  await db.run(sql`delete from courses where organization_id = ${db.organizationId} and id = ${courseId}`)
}

/** What our own copy knows of someone in a course. */
export type Standing = { instructorId: string; enrolled: boolean }

export async function selectOptionalStanding(
  db: Queryable,
  courseId: string,
  userId: string,
): Promise<Standing | null> {
  return db.optional<Standing>(sql`
    select c.instructor_id, exists (
      select from course_learners l
      where l.organization_id = c.organization_id and l.course_id = c.id and l.user_id = ${userId}
        and not l.ended) as enrolled
    from courses c where c.organization_id = ${db.organizationId} and c.id = ${courseId}`)
}
