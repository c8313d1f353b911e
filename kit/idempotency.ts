import { createHash } from 'node:crypto'
import type { Database } from './db.ts'
import { AppError, invalidField, refusal } from './errors.ts'
import type { Actor } from './identity.ts'
import type { InternalKey } from './internal-key.ts'
import { sql } from './sql.ts'

type Request = {
  key: string
  /** Of an answer that holds what is shown once, only the fact is kept. */
  operation: { name: string; shownOnce: boolean }
  raw: unknown
  internalKey: Pick<InternalKey, 'digest'> | null
}

/**
 * Answer a repeated write with what it answered the first time, or where that showed a secret, refuse it with
 * `already_done`. The answer is recorded in the transaction of the work itself, so that a crash leaves both or
 * neither, and a request that was thought dead and ends late writes nothing. The key is remembered for the caller together with a digest of the request; the same key with
 * another request is refused. The digest is keyed: a request may hold a password, which a bare hash would give away
 * to anyone who reads the table and guesses.
 */
export async function once(
  db: Database,
  actor: Actor,
  { key, operation, raw, internalKey }: Request,
  answer: () => Promise<string>,
): Promise<string> {
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw invalidField('Idempotency-Key', 'key_form', { code: 'invalid_format' })
  }
  const request = `${operation.name} ${JSON.stringify(raw)}`
  const hash = internalKey?.digest(request) ?? createHash('sha256').update(request).digest('base64url')
  const school = db.in(actor.organizationId)
  // The row is taken before the work begins, so that of two requests at once only one does it. One whose process
  // died in the middle is free again after a minute.
  const taken = await school.optional<{
    requestHash: string
    response: unknown
    answered: boolean
    ours: boolean
    claim: string
  }>(sql`
    insert into idempotency_keys as k (organization_id, user_id, key, request_hash)
    values (${actor.organizationId}, ${actor.userId}, ${key}, ${hash})
    on conflict (organization_id, user_id, key) do update set
      created_at = case when k.response is null and k.request_hash = excluded.request_hash
        and k.created_at < now() - interval '1 minute' then now() else k.created_at end
    returning request_hash, response, response is not null as answered, created_at = now() as ours,
      created_at::text as claim`)
  if (taken?.requestHash !== hash) throw new AppError('idempotency_conflict')
  if (taken.answered) {
    if (operation.shownOnce) throw new AppError('already_done')
    return JSON.stringify(taken.response)
  }
  if (!taken.ours) throw refusal('still_answering')
  // The request that takes the row over from a request that takes too long has another time of claiming it.
  const claimed = sql`organization_id = ${actor.organizationId} and user_id = ${actor.userId} and key = ${key}
    and created_at = ${taken.claim}::timestamptz and response is null`
  return db.settle(actor.organizationId, answer, {
    async done(tx, text) {
      const kept = operation.shownOnce ? 'null' : text
      const marked = await tx.run(sql`update idempotency_keys set response = ${kept}::jsonb where ${claimed}`)
      if (marked === 1) return
      throw refusal('answered_elsewhere')
    },
    failed: async tx => void (await tx.run(sql`delete from idempotency_keys where ${claimed}`)),
  })
}
