import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'

export type SourceKind = 'person' | 'key' | 'client'

export type UsageCount = {
  organizationId: string
  kind: SourceKind
  userId: string
  sourceId: string
  operation: string
  hour: string
  requests: number
  limited: number
  refused: number
  failed: number
}

/** Where the counts of people go who are gone. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** Add a batch to the hours, once. For the scope across schools. */
export async function addBatch(db: Unscoped, batchId: string, counts: UsageCount[]): Promise<void> {
  await db.run(sql`
    with batch as (
      insert into usage_batches (id) values (${batchId}) on conflict (id) do nothing returning id)
    insert into usage_hours as u (organization_id, hour, source_id, operation, kind, user_id, requests, limited,
      refused, failed)
    select c."organizationId", date_trunc('hour', c.hour, 'UTC'), c."sourceId", c.operation, min(c.kind),
      (array_agg(c."userId"))[1], sum(c.requests), sum(c.limited), sum(c.refused), sum(c.failed)
    from batch cross join jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as c ("organizationId" uuid, kind text,
      "userId" uuid, "sourceId" uuid, operation text, hour timestamptz, requests bigint, limited bigint,
      refused bigint, failed bigint)
    group by 1, 2, 3, 4
    -- In one order, so that two gateways never wait for each other.
    order by 1, 2, 3, 4
    on conflict (organization_id, hour, source_id, operation) do update set
      requests = u.requests + excluded.requests, limited = u.limited + excluded.limited,
      refused = u.refused + excluded.refused, failed = u.failed + excluded.failed`)
}

export type UsageFilter = {
  userId: string | null
  sourceId: string | null
  by: 'hour' | 'day'
  from: string
  until: string
}

const within = ({ userId, sourceId, by, from, until }: UsageFilter) => sql`
  hour >= date_trunc(${by}, ${from}::timestamptz, 'UTC') and hour < ${until}::timestamptz
  ${userId === null ? none : sql`and user_id = ${userId}`}
  ${sourceId === null ? none : sql`and source_id = ${sourceId}`}`

/** A bucket for each hour or day (UTC) from the one that holds `from`, empty ones too. */
export function selectBuckets(db: Queryable, filter: UsageFilter) {
  const { by, from, until } = filter
  // Whole hours: a day of 24 of them, whatever the clocks of the server's place do.
  const step = by === 'day' ? '24 hours' : '1 hour'
  return db.rows<{ at: string; requests: number; limited: number; refused: number; failed: number }>(sql`
    with counted as (
      select date_trunc(${by}, hour, 'UTC') as at, sum(requests) as requests, sum(limited) as limited,
        sum(refused) as refused, sum(failed) as failed
      from usage_hours where organization_id = ${db.organizationId} and ${within(filter)} group by 1)
    select b.at, coalesce(c.requests, 0) as requests, coalesce(c.limited, 0) as limited,
      coalesce(c.refused, 0) as refused, coalesce(c.failed, 0) as failed
    from generate_series(date_trunc(${by}, ${from}::timestamptz, 'UTC'),
      ${until}::timestamptz - interval '1 millisecond', ${step}::interval) as b (at)
    left join counted c on c.at = b.at order by b.at`)
}

/** Who asks most. */
export function selectSources(db: Queryable, filter: UsageFilter, limit: number) {
  return db.rows<{ kind: SourceKind; id: string; requests: number }>(sql`
    select kind, source_id as id, sum(requests) as requests from usage_hours
    where organization_id = ${db.organizationId}
      and ${within(filter)} and source_id <> ${nobody} group by 1, 2 order by 3 desc, 2 limit ${limit}`)
}

/** What is asked for most. */
export function selectOperations(db: Queryable, filter: UsageFilter, limit: number) {
  return db.rows<{ operation: string; requests: number }>(sql`
    select operation, sum(requests) as requests from usage_hours
    where organization_id = ${db.organizationId} and ${within(filter)} group by 1 order by 2 desc, 1 limit ${limit}`)
}

/** The counts stay with the school, the person does not stay with the counts. */
export async function anonymisePerson(tx: Queryable, userId: string): Promise<void> {
  await tx.run(sql`
    with gone as (
      delete from usage_hours where organization_id = ${tx.organizationId} and user_id = ${userId} returning *)
    insert into usage_hours as u (organization_id, hour, source_id, operation, kind, user_id, requests, limited,
      refused, failed)
    select organization_id, hour, ${nobody}::uuid, operation, 'person', null, sum(requests), sum(limited),
      sum(refused), sum(failed)
    from gone group by 1, 2, 4
    on conflict (organization_id, hour, source_id, operation) do update set
      requests = u.requests + excluded.requests, limited = u.limited + excluded.limited,
      refused = u.refused + excluded.refused, failed = u.failed + excluded.failed`)
}

/** @returns how many were removed, at most so many at a time. */
export function deleteOldUsage(db: Unscoped, days: number, most: number): Promise<number> {
  return db.run(sql`
    delete from usage_hours where ctid in (
      select ctid from usage_hours where hour < clock_timestamp() - make_interval(days => ${days}) limit ${most})`)
}

export async function deleteOldBatches(db: Unscoped, days: number): Promise<void> {
  await db.run(
    sql`delete from usage_batches where received_at < clock_timestamp() - make_interval(days => ${days})`,
  )
}
