import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

type Guesser = { organizationId: string; quizId: string; userId: string }

export async function selectSealedCode(db: Queryable, quizId: string): Promise<string | null> {
  const quiz = await db.optional<{ accessCode: string | null }>(
    sql`select access_code from quizzes where organization_id = ${db.organizationId} and id = ${quizId}`,
  )
  return quiz?.accessCode ?? null
}

/** Count one more guess; the count begins anew when its first guess is `minutes` old. */
export async function countGuess(
  db: Queryable,
  { organizationId, quizId, userId }: Guesser,
  minutes: number,
) {
  return db.one<{ guesses: number; secondsLeft: number }>(sql`
    insert into access_code_guesses as g (organization_id, quiz_id, user_id, guesses, since)
    values (${organizationId}, ${quizId}, ${userId}, 1, clock_timestamp())
    on conflict (quiz_id, user_id) do update set
      guesses = case when g.since <= clock_timestamp() - make_interval(mins => ${minutes}::int) then 1
        else g.guesses + 1 end,
      since = case when g.since <= clock_timestamp() - make_interval(mins => ${minutes}::int) then clock_timestamp()
        else g.since end
    where g.organization_id = excluded.organization_id
    returning guesses,
      ceil(extract(epoch from since + make_interval(mins => ${minutes}::int) - clock_timestamp()))::int as seconds_left`)
}

export async function deleteGuesses(db: Queryable, { quizId, userId }: Guesser): Promise<void> {
  await db.run(sql`
    delete from access_code_guesses
    where organization_id = ${db.organizationId} and quiz_id = ${quizId} and user_id = ${userId}`)
}

/** Counts that are over, across all schools. */
export async function deleteOldGuesses(db: Unscoped): Promise<void> {
  await db.run(sql`delete from access_code_guesses where since < now() - interval '1 hour'`)
}
