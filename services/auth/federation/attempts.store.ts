import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { ProviderId } from './providers.ts'

/** For what someone went to a provider. */
export type Purpose =
  | { purpose: 'sign_in'; userId: null; sessionId: null }
  | { purpose: 'link' | 'step_up'; userId: string; sessionId: string }

/** A way to a provider that a browser is on. `secrets` and `answer` are sealed; digests are SHA-256 in base64url. */
export type AttemptRow = Purpose & {
  stateDigest: string
  provider: ProviderId
  secrets: string
  answer: string | null
  next: string
  school: string | null
  startedAt: string
}

const minutes = 10

export async function insertAttempt(
  db: Unscoped,
  row: Omit<AttemptRow, 'answer' | 'startedAt'> & { browserDigest: string },
): Promise<void> {
  await db.run(sql`
    insert into federation_attempts (state_digest, provider, purpose, browser_digest, user_id, session_id, secrets,
      next, school, expires_at)
    values (${row.stateDigest}, ${row.provider}, ${row.purpose}, ${row.browserDigest}, ${row.userId},
      ${row.sessionId}, ${row.secrets}, ${row.next}, ${row.school},
      clock_timestamp() + make_interval(mins => ${minutes}))`)
}

/** Lay what a provider posted beside the attempt that it answers, once; false when it answers none. */
export async function updateAnswer(
  db: Unscoped,
  key: { stateDigest: string; provider: ProviderId; answer: string },
): Promise<boolean> {
  const updated = await db.run(sql`
    update federation_attempts set answer = ${key.answer}
    where state_digest = ${key.stateDigest} and provider = ${key.provider} and answer is null
      and expires_at > clock_timestamp()`)
  return updated === 1
}

/** Take an attempt of this browser: it is gone, whatever comes of it, and of two who ask one gets it. */
export function takeAttempt(
  db: Unscoped,
  key: { stateDigest: string; provider: ProviderId; browserDigest: string },
): Promise<AttemptRow | null> {
  return db.optional<AttemptRow>(sql`
    with gone as (
      delete from federation_attempts
      where state_digest = ${key.stateDigest} and provider = ${key.provider}
        and browser_digest = ${key.browserDigest}
      returning *)
    select state_digest, provider, purpose, user_id, session_id, secrets, answer, next, school, started_at
    from gone where expires_at > clock_timestamp()`)
}

export async function deleteExpiredAttempts(db: Unscoped): Promise<void> {
  await db.run(sql`delete from federation_attempts where expires_at < clock_timestamp()`)
}
