import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

/** Why somebody may learn in a course. */
type AccessSource = 'order' | 'subscription' | 'seat' | 'free_seat' | 'gift'
export type AccessReason = { userId: string; source: AccessSource; sourceId: string }

/** The next number of what a person is told of their access; held until the transaction ends. */
export async function countAccess(tx: Transaction, userId: string): Promise<number> {
  const { revision } = await tx.one<{ revision: number }>(sql`
    insert into access_revisions (organization_id, user_id, revision) values (${tx.organizationId}, ${userId}, 1)
    on conflict (organization_id, user_id) do update set revision = access_revisions.revision + 1
    where access_revisions.organization_id = excluded.organization_id returning revision`)
  return revision
}

/** Of some courses, those that are open to a person for any reason. */
export async function selectOpenAmong(
  tx: Queryable,
  userId: string,
  courseIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ courseId: string }>(sql`
    select distinct course_id from access_grants
    where organization_id = ${tx.organizationId} and user_id = ${userId} and ended_at is null
      and course_id = any(${[...courseIds]}::uuid[])`)
  return new Set(rows.map(({ courseId }) => courseId))
}

/** For what a course is open to a person, each kind once. */
export async function selectOpenSources(
  tx: Queryable,
  userId: string,
  courseId: string,
): Promise<AccessSource[]> {
  const rows = await tx.rows<{ source: AccessSource }>(sql`
    select distinct source from access_grants
    where organization_id = ${tx.organizationId} and user_id = ${userId} and course_id = ${courseId}
      and ended_at is null`)
  return rows.map(({ source }) => source)
}

/** A reason that lives already is left as it is. */
export async function insertGrants(
  tx: Transaction,
  { userId, source, sourceId }: AccessReason,
  courseIds: readonly string[],
  at: string,
): Promise<void> {
  await tx.run(sql`
    insert into access_grants (id, organization_id, user_id, course_id, source, source_id, began_at)
    select id, ${tx.organizationId}::uuid, ${userId}::uuid, course_id, ${source}, ${sourceId}::uuid, ${at}::timestamptz
    from unnest(${courseIds.map(() => uuidv7())}::uuid[], ${[...courseIds]}::uuid[]) as g (id, course_id)
    on conflict (organization_id, user_id, course_id, source, source_id) where ended_at is null do nothing`)
}

/**
 * End what a reason grants, in some courses or in all of them.
 * @returns the courses in which something ended
 */
export async function endGrants(
  tx: Transaction,
  { userId, source, sourceId }: AccessReason,
  courseIds: readonly string[] | null,
  at: string,
): Promise<string[]> {
  const rows = await tx.rows<{ courseId: string }>(sql`
    update access_grants set ended_at = greatest(${at}::timestamptz, began_at)
    where organization_id = ${tx.organizationId} and user_id = ${userId} and source = ${source}
      and source_id = ${sourceId} and ended_at is null
      and (${courseIds ? [...courseIds] : null}::uuid[] is null
        or course_id = any(${courseIds ? [...courseIds] : null}::uuid[]))
    returning course_id`)
  return rows.map(({ courseId }) => courseId)
}

/** The courses that a reason opens now. */
export async function selectGranted(
  tx: Transaction,
  { userId, source, sourceId }: AccessReason,
): Promise<string[]> {
  const rows = await tx.rows<{ courseId: string }>(sql`
    select course_id from access_grants
    where organization_id = ${tx.organizationId} and user_id = ${userId} and source = ${source}
      and source_id = ${sourceId} and ended_at is null order by course_id`)
  return rows.map(({ courseId }) => courseId)
}
