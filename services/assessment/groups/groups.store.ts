import type { EventPayload } from '@azora/contracts/events.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'

/** Our copy of the groups of a course. */

/** Take a newer state as ours, and keep others from changing it. @returns whether it is newer than the one there is. */
export async function takeRevision(tx: Transaction, courseId: string, revision: number): Promise<boolean> {
  const newer = await tx.run(sql`
    insert into course_group_copies (organization_id, course_id, revision)
    values (${tx.organizationId}, ${courseId}, ${revision})
    on conflict (course_id) do update set revision = excluded.revision
    where course_group_copies.organization_id = excluded.organization_id
      and course_group_copies.revision < excluded.revision`)
  return newer === 1
}

/** Keep the groups of a course as they are. */
export async function lockGroups(tx: Transaction, courseId: string): Promise<void> {
  await tx.run(sql`
    select from course_group_copies
    where organization_id = ${tx.organizationId} and course_id = ${courseId} for update`)
}

/** Let the groups of a course be these. What a group was given goes with it. */
export async function replaceGroups(
  tx: Transaction,
  courseId: string,
  groups: EventPayload<'course.groups_changed'>['groups'],
): Promise<void> {
  const ids = groups.map(({ id }) => id)
  const members = groups.flatMap(({ id, memberIds }) => memberIds.map(userId => ({ id, userId })))
  await tx.run(sql`
    delete from course_groups
    where organization_id = ${tx.organizationId} and course_id = ${courseId} and id <> all(${ids}::uuid[])`)
  await tx.run(sql`
    insert into course_groups (id, organization_id, course_id)
    select id, ${tx.organizationId}::uuid, ${courseId}::uuid from unnest(${ids}::uuid[]) as g (id)
    on conflict do nothing`)
  const told = sql`unnest(${members.map(({ id }) => id)}::uuid[], ${members.map(({ userId }) => userId)}::uuid[])
    as told (group_id, user_id)`
  await tx.run(sql`
    delete from group_members m
    where m.organization_id = ${tx.organizationId} and m.course_id = ${courseId} and not exists (
      select from ${told} where told.group_id = m.group_id and told.user_id = m.user_id)`)
  await tx.run(sql`
    insert into group_members (organization_id, course_id, group_id, user_id)
    select ${tx.organizationId}::uuid, ${courseId}::uuid, told.group_id, told.user_id from ${told}
    order by told.group_id, told.user_id on conflict do nothing`)
}

export async function selectIsGroup(db: Queryable, courseId: string, groupId: string): Promise<boolean> {
  const found = await db.rows(sql`
    select 1 from course_groups
    where organization_id = ${db.organizationId} and course_id = ${courseId} and id = ${groupId}`)
  return found.length > 0
}

export async function selectMemberIds(db: Queryable, groupId: string): Promise<string[]> {
  const rows = await db.rows<{ userId: string }>(sql`
    select user_id from group_members
    where organization_id = ${db.organizationId} and group_id = ${groupId} order by user_id`)
  return rows.map(({ userId }) => userId)
}

/** Whether any group of a course was given something. */
export async function selectAnyGiven(db: Queryable, courseId: string): Promise<boolean> {
  const found = await db.rows(sql`
    select 1 from group_accommodations
    where organization_id = ${db.organizationId} and course_id = ${courseId} limit 1`)
  return found.length > 0
}

/** Whether someone is in a group of a course, or no group is asked for. Who is in one of another course is not told. */
export const isInGroup = (
  db: Queryable,
  { courseId, groupId }: { courseId: string; groupId: string | undefined },
  userId: Sql,
): Sql => sql`
  (${groupId ?? null}::uuid is null or exists (
    select from group_members m
    where m.organization_id = ${db.organizationId} and m.course_id = ${courseId}
      and m.group_id = ${groupId ?? null}::uuid and m.user_id = ${userId}))`
