import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What an authenticator was asked to sign, for what, and by whom: nobody in particular when they sign in by it alone. */
export type Ceremony =
  | { purpose: 'sign_in'; challenge: string }
  | { purpose: 'second_factor'; challenge: string; userId: string; loginChallengeId: string }
  | OfSession<'registration'>
  | OfSession<'step_up'>
type OfSession<P> = { purpose: P; challenge: string; userId: string; sessionId: string }

const minutes = 5

export async function insertCeremony(db: Unscoped, id: string, ceremony: Ceremony): Promise<void> {
  const row = { userId: null, sessionId: null, loginChallengeId: null, ...ceremony }
  await db.run(sql`
    insert into webauthn_ceremonies
      (id, purpose, challenge, user_id, session_id, login_challenge_id, expires_at)
    values (${id}, ${row.purpose}, ${row.challenge}, ${row.userId}, ${row.sessionId}, ${row.loginChallengeId},
      clock_timestamp() + make_interval(mins => ${minutes}))`)
}

/** Take a ceremony of one of these purposes: it is gone, whatever comes of it. Null when there is none. */
export function claimCeremony<P extends Ceremony['purpose']>(
  db: Unscoped,
  key: { id: string; purposes: readonly P[] },
): Promise<Extract<Ceremony, { purpose: P }> | null> {
  return db.optional(sql`
    with gone as (
      delete from webauthn_ceremonies where id = ${key.id} and purpose = any(${key.purposes}::text[])
      returning purpose, challenge, user_id, session_id, login_challenge_id, expires_at)
    select purpose, challenge, user_id, session_id, login_challenge_id from gone
    where expires_at > clock_timestamp()`)
}

export async function deleteCeremoniesOf(tx: Unscoped, userId: string): Promise<void> {
  await tx.run(sql`delete from webauthn_ceremonies where user_id = ${userId}`)
}

export async function deleteExpiredCeremonies(db: Unscoped): Promise<void> {
  await db.run(sql`delete from webauthn_ceremonies where expires_at < clock_timestamp()`)
}
