import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A page says every 20 seconds that it is there: two may be lost on a bad line. */
const leaseSeconds = 60

/** Let a person have this answer open, and no other. */
export async function openAnswer(db: Queryable, userId: string, answerId: string): Promise<void> {
  await db.run(sql`
    insert into open_answers (organization_id, user_id, answer_id)
    values (${db.organizationId}, ${userId}, ${answerId})
    on conflict (organization_id, user_id) do update set answer_id = excluded.answer_id,
      seen_at = clock_timestamp()
    where open_answers.organization_id = excluded.organization_id`)
}

/** The answers of a quiz that others have open now; or, of these, those alone that a moderator decides. */
export async function selectOpenElsewhere(
  db: Queryable,
  quizId: string,
  { userId, toDecideAlone }: { userId: string; toDecideAlone: boolean },
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select distinct o.answer_id as id from open_answers o
    join answers_to_mark a on a.organization_id = o.organization_id and a.id = o.answer_id
    where o.organization_id = ${db.organizationId} and a.quiz_id = ${quizId} and o.user_id <> ${userId}
      and (a.to_decide or not ${toDecideAlone}::boolean)
      and o.seen_at > clock_timestamp() - make_interval(secs => ${leaseSeconds}::int)
    order by o.answer_id limit 100`)
  return rows.map(({ id }) => id)
}

/** Across all schools, what nobody has open any more. */
export async function deleteOldLeases(db: Unscoped): Promise<void> {
  await db.run(sql`delete from open_answers where seen_at < clock_timestamp() - interval '1 day'`)
}
