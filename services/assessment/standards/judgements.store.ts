import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

/** A level that a teacher set; without a level it takes the one before back. */
export type Judgement = {
  id: string
  number: number
  levelId: string | null
  reason: string | null
  judgedBy: string
  judgedAt: string
}

/** What was judged last of each of some learners, where that is a level. */
export async function selectJudged(db: Queryable, courseId: string, userIds: readonly string[]) {
  return db.rows<{ userId: string; standardId: string; levelId: string; reason: string }>(sql`
    select user_id, standard_id, level_id, reason from (
      select distinct on (user_id, standard_id) user_id, standard_id, level_id, reason from standard_judgements
      where organization_id = ${db.organizationId} and course_id = ${courseId} and user_id = any(${userIds}::uuid[])
      order by user_id, standard_id, number desc) latest
    where level_id is not null`)
}

/** All that was judged of a learner in a standard, newest first. */
export async function selectJudgements(
  db: Queryable,
  { courseId, standardId, userId }: { courseId: string; standardId: string; userId: string },
): Promise<Judgement[]> {
  return db.rows<Judgement>(sql`
    select id, number, level_id, reason, judged_by, judged_at from standard_judgements
    where organization_id = ${db.organizationId} and course_id = ${courseId} and standard_id = ${standardId}
      and user_id = ${userId}
    order by number desc`)
}

/** @returns whether it was added: of two with the same number one is. */
export async function insertJudgement(
  tx: Transaction,
  { courseId, standardId, userId }: { courseId: string; standardId: string; userId: string },
  judgement: Omit<Judgement, 'id' | 'judgedAt'>,
): Promise<boolean> {
  const { number, levelId, reason, judgedBy } = judgement
  const added = await tx.run(sql`
    insert into standard_judgements
      (id, organization_id, course_id, standard_id, user_id, number, level_id, reason, judged_by)
    values (${uuidv7()}, ${tx.organizationId}, ${courseId}, ${standardId}, ${userId}, ${number}, ${levelId}, ${reason},
      ${judgedBy})
    on conflict (course_id, standard_id, user_id, number) do nothing`)
  return added === 1
}

/** The levels that learners of a course have by judgement. */
export async function selectLevelsJudged(db: Queryable, courseId: string): Promise<Set<string>> {
  const rows = await db.rows<{ levelId: string }>(sql`
    select distinct level_id from (
      select distinct on (user_id, standard_id) level_id from standard_judgements
      where organization_id = ${db.organizationId} and course_id = ${courseId}
      order by user_id, standard_id, number desc) latest
    where level_id is not null`)
  return new Set(rows.map(({ levelId }) => levelId))
}
