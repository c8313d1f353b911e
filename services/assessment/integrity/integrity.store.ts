import { limits } from '@azora/contracts/limits.ts'
import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Browser and system, coarsely, and which sign-in of their learner it was. */
export type Device = { device: string; session: string }

export type Details = {
  seconds?: number | undefined
  questionId?: string | undefined
  characters?: number | undefined
  answers?: number | undefined
} & Partial<Device>

/** @property deviceAt by the clock of the device; null for what the service notes. */
export type NewEntry = { id: string; kind: string; details: Details; deviceAt: string | null }
export type Entry = Omit<NewEntry, 'id'> & { notedAt: string }

/** Keep others from adding to the log of an attempt at this moment. */
export async function lockLog(tx: Transaction, submissionId: string): Promise<void> {
  await tx.run(sql`
    select from submissions where organization_id = ${tx.organizationId} and id = ${submissionId} for update`)
}

/**
 * Add entries to the log of an attempt whose log is locked, as many as it has room for below `most`; those that it has
 * already count once. They are noted now unless told otherwise. Nothing is added to an attempt without a log, or a day after its end.
 */
export async function insertEntries(
  tx: Transaction,
  submissionId: string,
  entries: NewEntry[],
  { most = limits.entriesOfLog, notedAt = null }: { most?: number; notedAt?: string | null } = {},
): Promise<void> {
  await tx.run(sql`
    insert into integrity_entries (organization_id, submission_id, id, kind, details, device_at, noted_at, delete_at)
    select s.organization_id, s.id, e.id, e.kind, e.details, e."deviceAt",
      coalesce(${notedAt}::timestamptz, clock_timestamp()),
      clock_timestamp() + make_interval(days => s.log_days)
    from submissions s
    cross join jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as e(id uuid, kind text, details jsonb, "deviceAt" timestamptz)
    where s.organization_id = ${tx.organizationId} and s.id = ${submissionId} and s.log_days is not null
      and coalesce(s.submitted_at, 'infinity') > clock_timestamp() - interval '1 day'
      and not exists (
        select from integrity_entries k
        where k.organization_id = s.organization_id and k.submission_id = s.id and k.id = e.id)
    order by e."deviceAt"
    limit greatest(0, ${most} - (
      select count(*) from integrity_entries k
      where k.organization_id = ${tx.organizationId} and k.submission_id = ${submissionId}))
    on conflict do nothing`)
}

export async function countEntries(db: Queryable, submissionId: string): Promise<number> {
  return db.run(sql`
    select from integrity_entries
    where organization_id = ${db.organizationId} and submission_id = ${submissionId}`)
}

export async function selectLastDevice(db: Queryable, submissionId: string): Promise<Device | null> {
  return db.optional<Device>(sql`
    select details ->> 'device' as device, details ->> 'session' as session from integrity_entries
    where organization_id = ${db.organizationId} and submission_id = ${submissionId} and kind = 'device'
    order by noted_at desc limit 1`)
}

export async function selectEntries(db: Queryable, submissionId: string): Promise<Entry[]> {
  return db.rows<Entry>(sql`
    select kind, details, device_at, noted_at from integrity_entries
    where organization_id = ${db.organizationId} and submission_id = ${submissionId} and delete_at > clock_timestamp()
    order by noted_at, kind <> 'device', device_at, id`)
}

/** What was noted of a person. */
export function selectEntriesOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select e.submission_id, e.kind, e.details, e.device_at, e.noted_at, e.delete_at
    from integrity_entries e join submissions s on s.organization_id = e.organization_id and s.id = e.submission_id
    where e.organization_id = ${db.organizationId} and s.user_id = ${userId} order by e.noted_at, e.id`)
}

/** Delete, across all schools, what was kept for as long as its learner was told. */
export async function deleteOldEntries(db: Unscoped): Promise<number> {
  return db.run(sql`delete from integrity_entries where delete_at <= clock_timestamp()`)
}
