import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A delivery that this process alone sends, and for so long. */
export type Claimed = {
  id: string
  claim: string
  organizationId: string
  webhookId: string
  eventId: string
  event: string
  body: string
  /** With the one that begins now. */
  attempts: number
  url: string
  secret: string
  previousSecret: string | null
}

/**
 * Claim what is due. Of two processes that want the same row, the second waits for the first, looks again and finds it
 * taken. For the scope across schools.
 *
 * @param healthy whether of webhooks whose last delivery arrived, or of the others.
 */
export function claimDue(
  db: Unscoped,
  which: {
    healthy: boolean
    limit: number
    perWebhook: number
    leaseSeconds: number
  },
): Promise<Claimed[]> {
  return db.rows<Claimed>(sql`
    with due as (
      select next.id, next.next_attempt_at from webhooks w cross join lateral (
        select d.id, d.next_attempt_at from deliveries d
        where d.webhook_id = w.id and d.status = 'waiting' and d.next_attempt_at <= now()
          and (d.claimed_until is null or d.claimed_until < now())
          and (w.status in ('active', 'failing') or d.event = 'webhook.test')
        order by d.next_attempt_at, d.id
        limit greatest(0, ${which.perWebhook}::int - (
          select count(*) from deliveries b
          where b.webhook_id = w.id and b.status = 'waiting' and b.claimed_until >= now()))) next
      where (w.status = 'active') = ${which.healthy}
      order by next.next_attempt_at, next.id limit ${which.limit})
    update deliveries d set attempts = d.attempts + 1, claim = gen_random_uuid(), last_attempt_at = clock_timestamp(),
      claimed_until = clock_timestamp() + make_interval(secs => ${which.leaseSeconds})
    from webhooks w
    where w.id = d.webhook_id and d.status = 'waiting' and (d.claimed_until is null or d.claimed_until < now())
      and d.id in (select id from due)
    returning d.id, d.claim, d.organization_id, d.webhook_id, d.event_id, d.event, d.body, d.attempts, w.url, w.secret,
      case when w.previous_secret_until > now() then w.previous_secret end as previous_secret`)
}

/** Write down what came of an attempt, unless the claim was lost meanwhile. */
export async function finishAttempt(
  tx: Queryable,
  key: { id: string; claim: string },
  result: {
    status: 'waiting' | 'delivered' | 'failed'
    /** Seconds until the next attempt; null for none. */
    nextInSeconds: number | null
    requestHeaders: Record<string, string>
    responseStatus: number | null
    responseBody: string | null
    error: string | null
    durationMs: number
  },
): Promise<void> {
  await tx.run(sql`
    update deliveries set status = ${result.status}, claim = null, claimed_until = null,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${result.nextInSeconds}::float8),
      request_headers = ${JSON.stringify(result.requestHeaders)}::jsonb, response_status = ${result.responseStatus},
      response_body = ${result.responseBody}, error = ${result.error}, duration_ms = ${result.durationMs}
    where organization_id = ${tx.organizationId} and id = ${key.id} and claim = ${key.claim}`)
}

/** Give back what was not sent to the end, as if it had not begun. */
export async function releaseClaim(db: Queryable, key: { id: string; claim: string }): Promise<void> {
  await db.run(sql`update deliveries set claim = null, claimed_until = null, attempts = attempts - 1
    where organization_id = ${db.organizationId} and id = ${key.id} and claim = ${key.claim}`)
}

/** Whatever waits for a webhook that was disabled fails, so that it can be replayed later. */
export async function failWaiting(tx: Queryable, webhookId: string, error: string): Promise<void> {
  await tx.run(sql`
    update deliveries set status = 'failed', next_attempt_at = null, error = ${error}
    where organization_id = ${tx.organizationId}
      and webhook_id = ${webhookId} and status = 'waiting' and event <> 'webhook.test'
      and (claimed_until is null or claimed_until < now())`)
}
