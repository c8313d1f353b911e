import { may } from '@azora/contracts/permissions.ts'
import { operationsRoom } from '@azora/contracts/rooms.ts'
import { recordAudit } from './audit.ts'
import { idCursor } from './cursor.ts'
import type { Database } from './db.ts'
import { AppError } from './errors.ts'
import { actorOf, type RequestContext } from './request-context.ts'
import { hostRoom } from './room-host.ts'
import { sql } from './sql.ts'

/** What an operator sees of a service: its school's events, published and received, newest first. */
function listEvents(db: Database) {
  return async (
    input: { cursor?: string; limit: number; status?: 'waiting' | 'done' | 'failed'; q?: string },
    context: RequestContext,
  ) => {
    const { organizationId } = actorOf(context)
    // A service that hears its own event has it twice under one id.
    const [id, direction = 'received'] = (input.cursor ?? '').split(' ')
    const before = idCursor(id || undefined) ?? null
    const status = input.status ?? null
    const words = input.q?.trim()
    const pattern = words ? `%${words.replace(/[\\%_]/g, '\\$&')}%` : null
    // Both tables serve every school and stand outside row-level security, so the school is named here.
    const rows = await db.in(organizationId).rows<{ id: string; direction: string }>(sql`
      select * from (
        select id, name, 'published' as direction,
          case when published_at is null then 'waiting' else 'done' end as status,
          0 as attempts, null as error, correlation_id, occurred_at as at
        from outbox where organization_id = ${organizationId}
        union all
        select id, name, 'received',
          case when failed_at is not null then 'failed' when processed_at is null then 'waiting' else 'done' end,
          attempts, error, correlation_id, received_at
        from inbox where organization_id = ${organizationId}
      ) e
      where (${before}::uuid is null or (id, direction) < (${before}::uuid, ${direction})) and (${status}::text is null or status = ${status})
        and (${pattern}::text is null or name ilike ${pattern} or error ilike ${pattern} or correlation_id ilike ${pattern})
      order by id desc, direction desc limit ${input.limit + 1}`)
    const items = rows.slice(0, input.limit)
    const last = items.at(-1)
    const more = last !== undefined && rows.length > input.limit
    return { items, nextCursor: more ? `${last.id} ${last.direction}` : null }
  }
}

/** The school whose work the actor looks after; null for all, to one who runs the installation. */
function reach(context: RequestContext): string | null {
  const actor = actorOf(context)
  return may(actor, 'installation.manage') ? null : actor.organizationId
}

/** React anew to an event that was given up, with all attempts before it. @throws AppError `not_found`. */
function retryEvent(db: Database, wakeInbox: () => void) {
  return async ({ eventId }: { eventId: string }, context: RequestContext) => {
    const { organizationId } = actorOf(context)
    await db.in(organizationId).transaction(async tx => {
      const event = await tx.optional<{ name: string }>(sql`
        update inbox set failed_at = null, attempts = 0, next_attempt_at = clock_timestamp()
        where id = ${eventId} and organization_id = ${organizationId}
          and failed_at is not null and processed_at is null
        returning name`)
      if (!event) throw new AppError('not_found')
      await recordAudit(tx, db.service, context, {
        action: 'event.retried',
        subject: { kind: 'event', id: eventId },
        details: { service: db.service, name: event.name },
      })
      tx.afterCommit(wakeInbox)
    })
    return { ok: true as const }
  }
}

type Queue = { waiting: number; failed: number; oldestSeconds: number }

function getStatus(db: Database) {
  return async (_: unknown, context: RequestContext) => {
    const school = reach(context)
    const scope = db.in(actorOf(context).organizationId)
    const outbox = await scope.one<Queue>(sql`
      select count(*) as waiting, 0 as failed,
        coalesce(extract(epoch from clock_timestamp() - min(occurred_at)), 0)::float8 as oldest_seconds
      from outbox where published_at is null and (${school}::uuid is null or organization_id = ${school})`)
    const inbox = await scope.one<Queue>(sql`
      select count(*) filter (where failed_at is null) as waiting, count(*) filter (where failed_at is not null) as failed,
        coalesce(extract(epoch from clock_timestamp() - min(received_at) filter (where failed_at is null)), 0)::float8
          as oldest_seconds
      from inbox where processed_at is null and (${school}::uuid is null or organization_id = ${school})`)
    const jobs = await scope.one<Queue>(
      sql`select waiting, failed, oldest_seconds from azora_jobs.own_counts(${school}::uuid)`,
    )
    return {
      service: db.service,
      upSeconds: process.uptime(),
      // A process serves all schools: how it is as a whole is for the one who runs it.
      memoryBytes: school === null ? process.memoryUsage().rss : null,
      database: { connections: db.pool.totalCount, awaited: db.pool.waitingCount },
      outbox,
      inbox,
      jobs,
    }
  }
}

/** The jobs of the school that were given up, newest first; those of nobody's school are for operators alone. */
function listFailedJobs(db: Database) {
  return async ({ cursor, limit }: { cursor?: string; limit: number }, context: RequestContext) => {
    const rows = await db.in(actorOf(context).organizationId).rows<{ id: string; error: string | null }>(sql`
      select id::text, task, attempts, error, at
      from azora_jobs.own_failed(${reach(context)}::uuid, ${limit + 1}, ${cursor ?? null}::bigint)`)
    // The reason stands in the first line; what follows it says where in our code, which is for the log.
    const items = rows
      .slice(0, limit)
      .map(job => ({ ...job, error: job.error?.split('\n')[0]?.slice(0, 500) ?? null }))
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
  }
}

/** @throws AppError `not_found` for a job that was not given up, or is not the actor's to retry. */
function retryJob(db: Database) {
  return async ({ jobId }: { jobId: string }, context: RequestContext) => {
    await db.in(actorOf(context).organizationId).transaction(async tx => {
      const { task } = await tx.one<{ task: string | null }>(
        sql`select azora_jobs.retry_own(${jobId}::bigint, ${reach(context)}::uuid) as task`,
      )
      if (task === null) throw new AppError('not_found')
      await recordAudit(tx, db.service, context, {
        action: 'job.retried',
        subject: { kind: 'job', id: jobId },
        details: { service: db.service, task },
      })
    })
    return { ok: true as const }
  }
}

/** What the kit answers for every service. */
export type OperationsName = 'listEvents' | 'retryEvent' | 'getStatus' | 'listFailedJobs' | 'retryJob'

/**
 * The handlers of `operationsOf`.
 * @param wakeInbox called when an event waits that did not before.
 */
export function operationsHandlers(db: Database, wakeInbox: () => void): Record<OperationsName, unknown> {
  return {
    listEvents: listEvents(db),
    retryEvent: retryEvent(db, wakeInbox),
    getStatus: getStatus(db),
    listFailedJobs: listFailedJobs(db),
    retryJob: retryJob(db),
  }
}

/** The room of what services do, which every service leads to. Its contract says who may enter, and it has no rows. */
export const operationsRooms = [hostRoom(operationsRoom, { enter: async () => {} })]
