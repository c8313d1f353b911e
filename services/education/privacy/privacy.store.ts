import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What education keeps of a person in a school. The scope is that school's. */

export function selectOptionalProfile(db: Queryable, userId: string) {
  return db.optional(sql`
    select user_id, name, email from people where organization_id = ${db.organizationId} and user_id = ${userId}`)
}

export function selectEnrollmentsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select e.id, e.course_id, c.title as course_title, e.progress_percent, e.enrolled_at, e.ended_at, e.bought,
      e.completed_at,
      e.last_lesson_id, e.last_activity_at, e.told_percent as grade_percent, e.told_letter as grade_letter,
      coalesce((select json_agg(g.name order by g.name)
        from group_members m join course_groups g on g.organization_id = m.organization_id and g.id = m.group_id
        where m.organization_id = e.organization_id and m.enrollment_id = e.id), '[]') as groups,
      coalesce((select json_agg(json_build_object('lessonId', p.lesson_id, 'title', l.title,
          'positionPercent', p.position_percent, 'positionSeconds', p.position_seconds,
          'startedAt', p.started_at, 'completedAt', p.completed_at) order by p.started_at)
        from lesson_progress p join lessons l on l.organization_id = p.organization_id and l.id = p.lesson_id
        where p.organization_id = e.organization_id and p.enrollment_id = e.id), '[]') as lessons,
      coalesce((select json_agg(json_build_object('quizId', q.quiz_id, 'attempts', q.attempts,
          'bestPercent', case when h.quiz_id is null then q.best_percent end,
          'passed', case when h.quiz_id is null then q.passed end))
        from quiz_results q
        left join hidden_scores h on h.organization_id = q.organization_id and h.quiz_id = q.quiz_id and h.hidden
        where q.organization_id = e.organization_id and q.enrollment_id = e.id), '[]') as quizzes
    from enrollments e join courses c on c.organization_id = e.organization_id and c.id = e.course_id
    where e.organization_id = ${db.organizationId} and e.user_id = ${userId} order by e.enrolled_at, e.id`)
}

export function selectCertificatesOf(db: Queryable, userId: string) {
  return db.rows<{ id: string; credential: object }>(sql`
    select id, course_id, course_title, recipient_name, instructor_name, school_name, issued_at, revoked_at,
      revocation_reason, revocation_note, credential
    from certificates where organization_id = ${db.organizationId} and user_id = ${userId} order by issued_at, id`)
}

export function selectTeachingOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select id, slug, title, status, created_at, published_at from courses
    where organization_id = ${db.organizationId} and instructor_id = ${userId} order by id`)
}

export function selectImportsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select id, file_name, status, course_id, created_at, finished_at from imports
    where organization_id = ${db.organizationId} and created_by = ${userId} order by id`)
}

export function selectFilesOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select id, course_id, name, media_type, size, created_at from files
    where organization_id = ${db.organizationId} and created_by = ${userId} order by id`)
}

export function selectStorageOf(db: Queryable, userId: string) {
  return db.optional(sql`
    select bytes from storage_use where organization_id = ${db.organizationId} and user_id = ${userId}`)
}

/** Enrolments with progress and results, certificates, imports: gone. */
export async function deleteLearningOf(tx: Queryable, userId: string): Promise<void> {
  await tx.run(
    sql`delete from certificates where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(
    sql`delete from enrollments where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(
    sql`delete from access_told where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(
    sql`delete from storage_use where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(
    sql`delete from imports where organization_id = ${tx.organizationId} and created_by = ${userId}`,
  )
}

/** Forget who someone was, but for a name that stands for none where they taught. */
export async function deletePerson(tx: Queryable, userId: string, nameless: string): Promise<void> {
  await tx.run(sql`
    update certificates set instructor_name = ${nameless}
    where organization_id = ${tx.organizationId} and instructor_name is distinct from ${nameless} and course_id in (
      select id from courses where organization_id = ${tx.organizationId} and instructor_id = ${userId})`)
  await tx.run(sql`
    delete from people where organization_id = ${tx.organizationId} and user_id = ${userId} and not exists (
      select from courses where organization_id = ${tx.organizationId} and instructor_id = ${userId})`)
  await tx.run(sql`
    update courses set instructor_name = ${nameless}
    where organization_id = ${tx.organizationId} and instructor_id = ${userId} and instructor_name is distinct from ${nameless}`)
  await tx.run(sql`
    update people set name = ${nameless}, email = ''
    where organization_id = ${tx.organizationId} and user_id = ${userId} and (name <> ${nameless} or email <> '')`)
}
