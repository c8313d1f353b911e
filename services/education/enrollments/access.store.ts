import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

type Told = { userId: string; courseId: string; revision: number }

/** Keep what was told of somebody's access to a course; held until the transaction ends. @returns whether it is the latest */
export async function upsertAccessTold(tx: Transaction, told: Told): Promise<boolean> {
  const changed = await tx.run(sql`
    insert into access_told (organization_id, user_id, course_id, revision)
    values (${tx.organizationId}, ${told.userId}, ${told.courseId}, ${told.revision})
    on conflict (user_id, course_id) do update set revision = excluded.revision
    where access_told.organization_id = excluded.organization_id and access_told.revision < excluded.revision`)
  return changed === 1
}

/** End an enrolment that came from what was paid. @returns null where there is none that has not ended */
export function endBoughtEnrollment(
  tx: Transaction,
  { userId, courseId, endedAt }: { userId: string; courseId: string; endedAt: string },
): Promise<{ id: string; revision: number } | null> {
  return tx.optional<{ id: string; revision: number }>(sql`
    update enrollments set ended_at = ${endedAt}, revision = revision + 1
    where organization_id = ${tx.organizationId} and user_id = ${userId} and course_id = ${courseId}
      and bought and ended_at is null
    returning id, revision`)
}
