import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** How many versions of texts are kept of a quiz. */
export async function countPassages(db: Queryable, quizId: string): Promise<number> {
  const { count } = await db.one<{ count: number }>(sql`
    select count(*) as count from passages where organization_id = ${db.organizationId} and quiz_id = ${quizId}`)
  return count
}
