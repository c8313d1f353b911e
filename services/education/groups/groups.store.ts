import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'

export type Group = { id: string; name: string; memberCount: number }

/** The groups of a course by name, with what tells how far they reach. */
export async function selectGroups(db: Queryable, courseId: string) {
  const course = await db.one<{
    revision: number
    shownToMembers: boolean
    learnerCount: number
    ungroupedCount: number
  }>(sql`
    select c.groups_revision as revision, c.groups_shown as shown_to_members,
      (select count(*) from enrollments e
        where e.organization_id = c.organization_id and e.course_id = c.id) as learner_count,
      (select count(*) from enrollments e
        where e.organization_id = c.organization_id and e.course_id = c.id and not exists (
          select from group_members m
          where m.organization_id = e.organization_id and m.enrollment_id = e.id)) as ungrouped_count
    from courses c where c.organization_id = ${db.organizationId} and c.id = ${courseId}`)
  const items = await db.rows<Group>(sql`
    select g.id, g.name, (select count(*) from group_members m
      where m.organization_id = g.organization_id and m.group_id = g.id) as member_count
    from course_groups g where g.organization_id = ${db.organizationId} and g.course_id = ${courseId}
    order by lower(g.name), g.id`)
  return { courseId, ...course, items }
}

/** @throws AppError `not_found` */
export async function selectCourseOfGroup(db: Queryable, groupId: string): Promise<string> {
  const found = await db.optional<{ courseId: string }>(
    sql`select course_id from course_groups where organization_id = ${db.organizationId} and id = ${groupId}`,
  )
  if (!found) throw new AppError('not_found')
  return found.courseId
}

/** The group of a course with this name, in whatever letters. The course is locked. */
export async function selectGroupNamed(tx: Transaction, courseId: string, name: string) {
  return tx.optional<{ id: string; name: string }>(sql`
    select id, name from course_groups
    where organization_id = ${tx.organizationId} and course_id = ${courseId} and lower(name) = lower(${name})`)
}

/** Names in one kind of letters, as the database compares them: not in all scripts does JavaScript agree with it. */
export async function foldNames(tx: Transaction, names: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ folded: string }>(sql`
    select lower(name) as folded from unnest(${names}::text[]) with ordinality as n (name, place) order by place`)
  return rows.map(({ folded }) => folded)
}

export async function insertGroup(
  tx: Transaction,
  { id, courseId, name }: { id: string; courseId: string; name: string },
): Promise<void> {
  await tx.run(sql`
    insert into course_groups (id, organization_id, course_id, name)
    values (${id}, ${tx.organizationId}, ${courseId}, ${name})`)
}

export async function updateGroupName(tx: Transaction, groupId: string, name: string): Promise<number> {
  return tx.run(sql`
    update course_groups set name = ${name} where organization_id = ${tx.organizationId} and id = ${groupId}`)
}

export async function deleteGroupRow(tx: Transaction, groupId: string): Promise<number> {
  return tx.run(sql`
    delete from course_groups where organization_id = ${tx.organizationId} and id = ${groupId}`)
}

export async function updateShown(tx: Transaction, courseId: string, shown: boolean): Promise<void> {
  await tx.run(sql`
    update courses set groups_shown = ${shown}
    where organization_id = ${tx.organizationId} and id = ${courseId}`)
}

/** Of some people, the enrolments in a course. They stay until the end of the transaction. */
export async function holdEnrollments(
  tx: Transaction,
  courseId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; userId: string }>(sql`
    select id, user_id from enrollments
    where organization_id = ${tx.organizationId} and course_id = ${courseId} and user_id = any(${userIds}::uuid[])
    order by id for key share`)
  return new Map(rows.map(({ id, userId }) => [userId, id]))
}

/** Of some enrolments, those that are in a group. */
export async function selectMembers(tx: Transaction, groupId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ enrollmentId: string }>(sql`
    select enrollment_id from group_members
    where organization_id = ${tx.organizationId} and group_id = ${groupId}`)
  return new Set(rows.map(({ enrollmentId }) => enrollmentId))
}

export async function insertMembers(
  tx: Transaction,
  groupId: string,
  enrollmentIds: readonly string[],
): Promise<void> {
  await tx.run(sql`
    insert into group_members (organization_id, group_id, enrollment_id)
    select ${tx.organizationId}::uuid, ${groupId}::uuid, e.id from unnest(${enrollmentIds}::uuid[]) as e (id)
    on conflict do nothing`)
}

export async function deleteMembers(
  tx: Transaction,
  groupIds: readonly string[],
  enrollmentIds: readonly string[],
): Promise<void> {
  await tx.run(sql`
    delete from group_members
    where organization_id = ${tx.organizationId} and group_id = any(${groupIds}::uuid[])
      and enrollment_id = any(${enrollmentIds}::uuid[])`)
}

/** Of some groups, how many there are in the course. */
export async function countGroups(
  tx: Transaction,
  courseId: string,
  groupIds: readonly string[] | null = null,
): Promise<number> {
  const { n } = await tx.one<{ n: number }>(sql`
    select count(*) as n from course_groups
    where organization_id = ${tx.organizationId} and course_id = ${courseId}
      and (${groupIds}::uuid[] is null or id = any(${groupIds}::uuid[]))`)
  return n
}

/** The groups of a course as they are told, and a number that is higher with each asking. The course is locked. */
export async function renewGroups(tx: Transaction, courseId: string) {
  const { revision } = await tx.one<{ revision: number }>(sql`
    update courses set groups_revision = groups_revision + 1
    where organization_id = ${tx.organizationId} and id = ${courseId}
    returning groups_revision as revision`)
  const groups = await tx.rows<{ id: string; memberIds: string[] }>(sql`
    select g.id, coalesce((
      select json_agg(e.user_id order by e.user_id) from group_members m
      join enrollments e on e.organization_id = m.organization_id and e.id = m.enrollment_id
      where m.organization_id = g.organization_id and m.group_id = g.id), '[]') as member_ids
    from course_groups g where g.organization_id = ${tx.organizationId} and g.course_id = ${courseId}
    order by g.id`)
  return { revision, groups }
}

/** The groups of the enrolment `e` in the course `c` that its learner is shown, with the names of all in each. */
export const shownGroups: Sql = sql`
  case when c.groups_shown then coalesce((
    select json_agg(json_build_object('id', g.id, 'name', g.name, 'memberNames', (
      select json_agg(coalesce(p.name, '') order by p.name, o.id) from group_members n
      join enrollments o on o.organization_id = n.organization_id and o.id = n.enrollment_id
      left join people p on p.organization_id = o.organization_id and p.user_id = o.user_id
      where n.organization_id = g.organization_id and n.group_id = g.id)) order by lower(g.name), g.id)
    from group_members m join course_groups g on g.organization_id = m.organization_id and g.id = m.group_id
    where m.organization_id = e.organization_id and m.enrollment_id = e.id), '[]') else '[]' end`

/** The groups of the enrolment `e`, by id. */
export const groupIdsOf: Sql = sql`
  coalesce((select json_agg(m.group_id order by m.group_id) from group_members m
    where m.organization_id = e.organization_id and m.enrollment_id = e.id), '[]')`

/** Whether the enrolment `e` is in a group, or no group is asked for. */
export const isInGroup = (groupId: string | undefined): Sql => sql`
  (${groupId ?? null}::uuid is null or exists (
    select from group_members m
    where m.organization_id = e.organization_id and m.enrollment_id = e.id and m.group_id = ${groupId ?? null}::uuid))`
