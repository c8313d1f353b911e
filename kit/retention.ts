import type { Database } from './db.ts'
import { allSteps } from './each-alone.ts'
import { sql } from './sql.ts'

/** For how long a service keeps what it has done with. Events that were given up stay until someone retries them. */
const eventDays = 30
const answerDays = 1
const failedJobDays = 90

// Few enough rows at a time that nobody waits for the locks of a deletion.
const batch = 5000

async function deleteAll(deleteSome: () => Promise<number>): Promise<void> {
  while ((await deleteSome()) === batch);
}

/** Forget events that were handed on or reacted to, answers that are no longer repeated, and jobs long given up. */
export async function forgetOldWork(db: Database): Promise<void> {
  await allSteps([
    () =>
      deleteAll(() =>
        db.infrastructure.run(sql`
          delete from outbox where id in (
            select id from outbox where published_at < now() - make_interval(days => ${eventDays}) limit ${batch})`),
      ),
    () =>
      deleteAll(() =>
        db.infrastructure.run(sql`
          delete from inbox where id in (
            select id from inbox where processed_at < now() - make_interval(days => ${eventDays}) limit ${batch})`),
      ),
    () =>
      deleteAll(() =>
        db.across.run(sql`
          delete from idempotency_keys where ctid in (
            select ctid from idempotency_keys where created_at < now() - make_interval(days => ${answerDays}) limit ${batch})`),
      ),
    () => db.infrastructure.run(sql`select azora_jobs.delete_own_failed(${failedJobDays})`),
  ])
}

/** Whose erasure a service has heard of within the time for which it keeps events, with the event that told it. */
export function selectErased(db: Database) {
  return db.infrastructure.rows<{ eventId: string; organizationId: string; userId: string }>(sql`
    select id as event_id, organization_id, payload ->> 'userId' as user_id from inbox
    where name = 'user.deleted' and processed_at > now() - make_interval(days => ${eventDays}) order by id`)
}

/**
 * Forget what is kept of a person in a school for the sake of delivery: events that name them, answers that they got,
 * jobs that name them. For the transaction in which the person is erased.
 *
 * @param keep the event that asks for it, which is marked as done afterwards.
 */
export async function forgetWorkOf(
  tx: { organizationId: string; run: Database['across']['run'] },
  userId: string,
  keep: string,
): Promise<void> {
  const { organizationId } = tx
  const names = sql`organization_id = ${organizationId} and name not in ('user.deleted', 'user.erased')
    and (payload ->> 'userId' = ${userId} or payload -> 'actor' ->> 'id' = ${userId} or payload ->> 'impersonatorId' = ${userId})`
  await tx.run(sql`delete from outbox where published_at is not null and ${names}`)
  // One that still waits would bring back what is erased now.
  await tx.run(sql`delete from inbox where id <> ${keep} and ${names}`)
  await tx.run(
    sql`delete from idempotency_keys where organization_id = ${organizationId} and user_id = ${userId}`,
  )
  await tx.run(sql`select azora_jobs.delete_own_naming(${[userId]}::text[], ${organizationId}::uuid)`)
}
