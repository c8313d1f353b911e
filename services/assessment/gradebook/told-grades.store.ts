import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A course grade: in percent, and by the scale of the course. */
export type Grade = { percent: number | null; letter: string | null }

/** Whose grade may have changed; `asked` is another each time that it was said. */
export type Check = { courseId: string; userId: string; asked: string }

/**
 * Have the course grade of learners looked at: it may have changed with what this transaction does. A course whose
 * grades are made of nothing yet has none to tell.
 * @param userIds those concerned; without them all who learn in the course.
 */
export function askToTellGrades(
  tx: Transaction,
  courseId: string,
  userIds: readonly string[] | null = null,
): void {
  // In one order, so that two who ask for the same learners do not wait for each other.
  tx.send(sql`
    insert into grade_checks (organization_id, course_id, user_id)
    select g.organization_id, g.course_id, u.id
    from gradebooks g, (select distinct id from unnest(${userIds ?? [null]}::uuid[]) as u (id)) u
    where g.organization_id = ${tx.organizationId} and g.course_id = ${courseId} and g.setup is not null
    order by u.id
    on conflict (course_id, user_id) do update set asked = excluded.asked
    where grade_checks.organization_id = excluded.organization_id`)
}

/**
 * Ask for the courses in which a quiz was over since it was last looked at, for all or by what single learners
 * and groups were given: where what is missing counts as nothing, that changes grades.
 */
export async function askWhereQuizzesAreOver(db: Unscoped): Promise<void> {
  await db.run(sql`
    with over as (
      update gradebooks g set over_seen_at = clock_timestamp()
      where g.setup ->> 'missing' = 'zero' and exists (
        select from quizzes q
        left join (
          select organization_id, course_id, quiz_id, opens_at, due_at, closes_at from accommodations
          union all select organization_id, course_id, quiz_id, opens_at, due_at, closes_at from group_accommodations
        ) a on a.organization_id = q.organization_id and a.course_id = q.course_id
          and coalesce(a.quiz_id, q.id) = q.id
        cross join lateral (values
          (greatest(q.opens_at, least(q.due_at, q.closes_at))),
          (greatest(coalesce(a.opens_at, q.opens_at),
            least(coalesce(a.due_at, q.due_at), coalesce(a.closes_at, q.closes_at))))) as ends (at)
        where q.organization_id = g.organization_id and q.course_id = g.course_id
          and ends.at > g.over_seen_at and ends.at <= clock_timestamp())
      returning g.organization_id, g.course_id
    )
    insert into grade_checks (organization_id, course_id) select organization_id, course_id from over
    on conflict (course_id, user_id) do update set asked = excluded.asked`)
}

/** Ask for all courses that have grades. */
export async function askEverywhere(db: Unscoped): Promise<void> {
  await db.run(sql`
    insert into grade_checks (organization_id, course_id)
    select organization_id, course_id from gradebooks where setup is not null
    order by course_id
    on conflict (course_id, user_id) do update set asked = excluded.asked`)
}

/** The courses in which something is to be looked at. */
export async function selectCoursesToTell(
  db: Unscoped,
): Promise<{ organizationId: string; courseId: string }[]> {
  return db.rows(sql`select distinct organization_id, course_id from grade_checks order by course_id`)
}

/** Turn what was asked for a whole course into what is asked for each of its learners. */
export async function spreadOverLearners(tx: Transaction, courseId: string): Promise<void> {
  const whole = await tx.run(sql`
    delete from grade_checks
    where organization_id = ${tx.organizationId} and course_id = ${courseId} and user_id is null`)
  if (whole === 0) return
  await tx.run(sql`
    insert into grade_checks (organization_id, course_id, user_id)
    select organization_id, course_id, user_id from course_learners
    where organization_id = ${tx.organizationId} and course_id = ${courseId}
    order by user_id
    on conflict (course_id, user_id) do update set asked = excluded.asked
    where grade_checks.organization_id = excluded.organization_id`)
}

/** The next of a course that were asked for. */
export async function selectChecks(
  db: Queryable,
  courseId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<Check[]> {
  return db.rows<Check>(sql`
    select course_id, user_id, asked from grade_checks
    where organization_id = ${db.organizationId} and course_id = ${courseId} and user_id is not null
      and (${after}::uuid is null or user_id > ${after}::uuid)
    order by user_id limit ${limit}`)
}

/**
 * Take what was asked as done, unless it was asked again since it was read. @returns those that are done now: of two who
 * worked out the same grade, one.
 */
export async function settleChecks(
  tx: Transaction,
  courseId: string,
  checks: readonly Check[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ userId: string }>(sql`
    with held as (
      select c.user_id from grade_checks c
      join unnest(${checks.map(({ userId }) => userId)}::uuid[], ${checks.map(({ asked }) => asked)}::uuid[])
        as read (user_id, asked) on read.user_id = c.user_id and read.asked = c.asked
      where c.organization_id = ${tx.organizationId} and c.course_id = ${courseId}
      order by c.user_id for update of c
    )
    delete from grade_checks c using held
    where c.organization_id = ${tx.organizationId} and c.course_id = ${courseId} and c.user_id = held.user_id
    returning c.user_id`)
  return new Set(rows.map(({ userId }) => userId))
}

export type LearnerGrade = Grade & { userId: string; told: Grade }

/** Keep the grades as told. @returns those that differ from what was told before, with how often they did. */
export async function storeToldGrades(
  tx: Transaction,
  courseId: string,
  grades: readonly LearnerGrade[],
): Promise<(LearnerGrade & { revision: number })[]> {
  const given = grades.map(({ userId, percent, letter, told }) => ({
    userId,
    percent,
    letter,
    toldPercent: told.percent,
    toldLetter: told.letter,
  }))
  const rows = await tx.rows<{ userId: string; revision: number }>(sql`
    insert into told_grades
      (organization_id, course_id, user_id, percent, letter, told_percent, told_letter, revision)
    select ${tx.organizationId}::uuid, ${courseId}::uuid, g."userId", g.percent, g.letter, g."toldPercent",
      g."toldLetter", 1
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as g ("userId" uuid, percent numeric, letter text, "toldPercent" numeric, "toldLetter" text)
    -- That there is no grade needs to be told only where there was one.
    where g.percent is not null or exists (
      select from told_grades t
      where t.organization_id = ${tx.organizationId} and t.course_id = ${courseId} and t.user_id = g."userId")
    order by g."userId"
    on conflict (course_id, user_id) do update set percent = excluded.percent, letter = excluded.letter,
      told_percent = excluded.told_percent, told_letter = excluded.told_letter, revision = told_grades.revision + 1
    where told_grades.organization_id = excluded.organization_id
      and (told_grades.percent, told_grades.letter, told_grades.told_percent, told_grades.told_letter)
        is distinct from (excluded.percent, excluded.letter, excluded.told_percent, excluded.told_letter)
    returning user_id, revision`)
  const revisions = new Map(rows.map(({ userId, revision }) => [userId, revision]))
  return grades.flatMap(grade => {
    const revision = revisions.get(grade.userId)
    return revision === undefined ? [] : [{ ...grade, revision }]
  })
}

/** Forget what was told, and what was asked, of a course that is gone. */
export async function deleteToldGrades(db: Queryable, courseId: string): Promise<void> {
  await db.run(
    sql`delete from grade_checks where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
  await db.run(
    sql`delete from told_grades where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
}
