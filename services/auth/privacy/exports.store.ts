import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Exports belong to a person, not to a school: each statement names the person, or runs for the system. */

export type DataExport = {
  id: string
  status: 'gathering' | 'ready' | 'expired'
  requestedAt: string
  readyAt: string | null
  expiresAt: string | null
  bytes: number | null
  /** Of so many services and schools as it asks, so many have reported. */
  partsDone: number
  partsTotal: number
}

/** @param e an alias of `data_exports`. */
const columns = sql`e.id, e.status, e.requested_at, e.ready_at, e.expires_at, e.bytes,
  (select count(*) from data_export_parts p where p.export_id = e.id and p.files is not null) as parts_done,
  (select count(*) from data_export_parts p where p.export_id = e.id) as parts_total`

export type ExportFile = { name: string; blobKey: string }

/** Serialise what one person asks for, until the transaction ends. */
export async function lockUser(tx: Unscoped, userId: string): Promise<void> {
  await tx.run(sql`select from users where id = ${userId} for update`)
}

/** The schools in which something may be known of a person: theirs, and those that they left. */
export async function selectSchoolsOf(db: Unscoped, userId: string): Promise<string[]> {
  const rows = await db.rows<{ organizationId: string }>(sql`
    select organization_id from memberships where user_id = ${userId}
    union select organization_id from past_memberships where user_id = ${userId} order by 1`)
  return rows.map(row => row.organizationId)
}

export function selectOptionalExport(db: Unscoped, userId: string) {
  return db.optional<DataExport>(sql`select ${columns} from data_exports e where e.user_id = ${userId}`)
}

/** One of the person's that is being gathered, held until the transaction ends. False when there is none of this id. */
export async function lockOptionalGathering(
  tx: Unscoped,
  key: { exportId: string; userId: string },
): Promise<boolean> {
  const held = await tx.run(sql`
    select from data_exports where id = ${key.exportId} and user_id = ${key.userId} and status = 'gathering'
    for update`)
  return held === 1
}

export async function insertExport(
  tx: Unscoped,
  row: { id: string; userId: string; parts: { organizationId: string; service: string }[] },
): Promise<DataExport> {
  await tx.run(sql`insert into data_exports (id, user_id) values (${row.id}, ${row.userId})`)
  await tx.run(sql`
    insert into data_export_parts (export_id, organization_id, service)
    select ${row.id}::uuid, p."organizationId", p.service
    from jsonb_to_recordset(${JSON.stringify(row.parts)}::jsonb) as p ("organizationId" uuid, service text)`)
  return tx.one<DataExport>(sql`select ${columns} from data_exports e where e.id = ${row.id}`)
}

/** Keep what a service of the scope's school has reported. False when nobody waits for it (any more). */
export async function updatePart(
  tx: Unscoped,
  part: { exportId: string; organizationId: string; service: string; files: ExportFile[] },
): Promise<boolean> {
  const kept = await tx.run(sql`
    update data_export_parts set files = ${JSON.stringify(part.files)}::jsonb
    where export_id = ${part.exportId} and organization_id = ${part.organizationId} and service = ${part.service}`)
  return kept === 1
}

/** An export that is being gathered, and whose it is; null when there is none of this id. */
export function selectOptionalGathering(db: Unscoped, exportId: string) {
  return db.optional<{ userId: string }>(sql`
    select user_id from data_exports where id = ${exportId} and status = 'gathering'`)
}

/** The parts of an export; `files` is null where the report has not come yet. */
export function selectParts(db: Unscoped, exportId: string) {
  return db.rows<{ slug: string; service: string; files: ExportFile[] | null }>(sql`
    select o.slug, p.service, p.files from data_export_parts p join organizations o on o.id = p.organization_id
    where p.export_id = ${exportId} order by o.slug, p.service`)
}

/** False when it is no longer being gathered. */
export async function finishExport(
  tx: Unscoped,
  done: { exportId: string; bytes: number; days: number },
): Promise<boolean> {
  const finished = await tx.run(sql`
    update data_exports set status = 'ready', ready_at = clock_timestamp(), bytes = ${done.bytes},
      expires_at = clock_timestamp() + make_interval(days => ${done.days})
    where id = ${done.exportId} and status = 'gathering'`)
  return finished === 1
}

export async function selectIsKept(db: Unscoped, exportId: string): Promise<boolean> {
  return (await db.run(sql`select from data_exports where id = ${exportId}`)) === 1
}

/** @returns the files of its parts, also of one that was being reported just now. */
export async function deleteExport(tx: Unscoped, exportId: string): Promise<ExportFile[]> {
  const parts = await tx.rows<{ files: ExportFile[] | null }>(
    sql`delete from data_export_parts where export_id = ${exportId} returning files`,
  )
  await tx.run(sql`delete from data_exports where id = ${exportId}`)
  return parts.flatMap(({ files }) => files ?? [])
}

/** Mark what has run out as expired; the ids. */
export function expireExports(tx: Unscoped) {
  return tx.rows<{ id: string }>(sql`
    update data_exports set status = 'expired' where status = 'ready' and expires_at <= clock_timestamp() returning id`)
}

/** In whose name someone is written to about what concerns all of their schools: the first of them. */
export const writingSchool = sql`coalesce((
  select o.name from memberships m join organizations o on o.id = m.organization_id where m.user_id = u.id
  order by o.is_default desc, m.created_at, o.id limit 1), 'Azora') as school_name`

/** Whom to tell that the export is ready; null when it is gone. */
export function selectOptionalRecipient(db: Unscoped, exportId: string) {
  return db.optional<{ email: string; name: string; schoolName: string }>(sql`
    select u.email, u.name, ${writingSchool} from data_exports e join users u on u.id = e.user_id
    where e.id = ${exportId} and e.status = 'ready' and u.deletes_at is null`)
}
