import { createHash } from 'node:crypto'
import type { Database } from './db.ts'
import { AppError } from './errors.ts'
import type { Actor } from './identity.ts'
import { sql } from './sql.ts'

/**
 * Answer a repeated write with what it answered the first time. The key is remembered for the caller together
 * with a hash of the request; the same key with another request is refused.
 */
export async function once(
  db: Database,
  actor: Actor,
  key: string,
  operation: string,
  raw: unknown,
  answer: () => Promise<string>,
): Promise<string> {
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError('invalid_input', {
      fields: [
        { path: 'Idempotency-Key', code: 'invalid_format', message: 'Up to 200 visible ASCII characters.' },
      ],
    })
  }
  const hash = createHash('sha256').update(operation).update(JSON.stringify(raw)).digest('base64url')
  const school = db.in(actor.organizationId)
  // The row is taken before the work begins, so that of two requests at once only one does it. One whose process
  // died in the middle is free again after a minute.
  const taken = await school.optional<{
    requestHash: string
    response: unknown
    answered: boolean
    ours: boolean
  }>(sql`
    insert into idempotency_keys as k (organization_id, user_id, key, request_hash)
    values (${actor.organizationId}, ${actor.userId}, ${key}, ${hash})
    on conflict (organization_id, user_id, key) do update set
      created_at = case when k.response is null and k.request_hash = excluded.request_hash
        and k.created_at < now() - interval '1 minute' then now() else k.created_at end
    returning request_hash, response, response is not null as answered, created_at = now() as ours`)
  if (taken?.requestHash !== hash) throw new AppError('idempotency_conflict')
  if (taken.answered) return JSON.stringify(taken.response)
  if (!taken.ours)
    throw new AppError('conflict', { detail: 'The first request with this key is still being answered.' })
  try {
    const text = await answer()
    await school.run(sql`
      update idempotency_keys set response = ${text}::jsonb where user_id = ${actor.userId} and key = ${key}`)
    return text
  } catch (failure) {
    await school.run(sql`
      delete from idempotency_keys where user_id = ${actor.userId} and key = ${key} and response is null`)
    throw failure
  }
}
