import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { SignInMethod } from '../sessions/proofs.ts'

/** Someone whose first factor was right. Looked up across schools: who signs in has not entered one yet. */
export type LoginChallenge = {
  id: string
  organizationId: string
  userId: string
  firstFactor: SignInMethod
}

const columns = sql`id, organization_id, user_id, first_factor`

export async function insertChallenge(
  db: Unscoped,
  row: LoginChallenge & { digest: string; minutes: number },
): Promise<{ expiresAt: string }> {
  return db.one(sql`
    insert into login_challenges (id, organization_id, user_id, digest, first_factor, expires_at)
    values (${row.id}, ${row.organizationId}, ${row.userId}, ${row.digest}, ${row.firstFactor},
      clock_timestamp() + make_interval(mins => ${row.minutes}))
    returning expires_at`)
}

/** A challenge that can still be met. */
export function selectOptionalChallenge(db: Unscoped, key: { digest: string; mostTries: number }) {
  return db.optional<LoginChallenge>(sql`
    select ${columns} from login_challenges
    where digest = ${key.digest} and tries < ${key.mostTries} and expires_at > clock_timestamp()`)
}

/** Count a try before it is looked at, so that tries at the same moment count too; null when none is left. */
export function countChallengeTry(
  db: Unscoped,
  key: ({ digest: string } | { id: string }) & { mostTries: number },
): Promise<(LoginChallenge & { tries: number }) | null> {
  const which = 'digest' in key ? sql`digest = ${key.digest}` : sql`id = ${key.id}`
  return db.optional<LoginChallenge & { tries: number }>(sql`
    update login_challenges set tries = tries + 1
    where ${which} and tries < ${key.mostTries} and expires_at > clock_timestamp()
    returning ${columns}, tries`)
}

/** Of all who met the challenge, one is told true. */
export async function deleteChallenge(db: Unscoped, id: string): Promise<boolean> {
  return (await db.run(sql`delete from login_challenges where id = ${id}`)) === 1
}

/**
 * Withdraw what someone got by a first factor that no longer holds, such as a password that was replaced. In the
 * scope across schools it reaches those of all.
 */
export async function deleteChallengesOf(db: Unscoped, userId: string): Promise<void> {
  await db.run(sql`delete from login_challenges where user_id = ${userId}`)
}

export async function deleteExpiredChallenges(db: Unscoped): Promise<void> {
  await db.run(sql`delete from login_challenges where expires_at < clock_timestamp()`)
}
