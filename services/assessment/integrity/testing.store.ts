import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Let the entries of an attempt be kept for so many minutes from now. */
export async function keepFor(db: Queryable, submissionId: string, minutes: number): Promise<void> {
  await db.run(sql`
    update integrity_entries set delete_at = clock_timestamp() + make_interval(mins => ${minutes}::int)
    where organization_id = ${db.organizationId} and submission_id = ${submissionId}`)
}

/** Let a quiz keep a log from now on. */
export async function switchLogOn(db: Queryable, quizId: string): Promise<void> {
  await db.run(sql`
    update quizzes set integrity_log = true where organization_id = ${db.organizationId} and id = ${quizId}`)
}
