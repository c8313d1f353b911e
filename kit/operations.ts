import { idCursor } from './cursor.ts'
import type { Database } from './db.ts'
import { AppError } from './errors.ts'
import { actorOf, type RequestContext } from './http.ts'
import { sql } from './sql.ts'

/** What an operator sees of a service: its school's events, published and received, newest first. */
function listEvents(db: Database) {
  return async (
    input: { cursor?: string; limit: number; status?: 'waiting' | 'done' | 'failed' },
    context: RequestContext,
  ) => {
    const { organizationId } = actorOf(context)
    const before = idCursor(input.cursor) ?? null
    const status = input.status ?? null
    // Both tables serve every school and stand outside row-level security, so the school is named here.
    const rows = await db.in(organizationId).rows<{ id: string }>(sql`
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
      where (${before}::uuid is null or id < ${before}::uuid) and (${status}::text is null or status = ${status})
      order by id desc limit ${input.limit + 1}`)
    const items = rows.slice(0, input.limit)
    return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null }
  }
}

/** What the kit answers for every service. */
export type OperationsName = 'listEvents' | 'retryEvent' | 'getStatus' | 'listFailedJobs' | 'retryJob'

/** The handlers of `operationsOf`. */
export function operationsHandlers(db: Database): Record<OperationsName, unknown> {
  const notYet = async () => {
    throw new AppError('unavailable')
  }
  return {
    listEvents: listEvents(db),
    retryEvent: notYet,
    getStatus: notYet,
    listFailedJobs: notYet,
    retryJob: notYet,
  }
}
