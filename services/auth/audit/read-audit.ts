import type { auditOperations } from '@azora/contracts/auth/audit.ts'
import { csvLine } from '@azora/contracts/csv.ts'
import type { Database } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import type { z } from 'zod'
import { type AuditFilter, type NamedEntry, selectEntries } from './audit.store.ts'
import { describeOrigin } from './origin.ts'

type Page = z.input<NonNullable<(typeof auditOperations)['listAudit']['~orpc']['outputSchema']>>

async function shown(entry: NamedEntry): Promise<Page['items'][number]> {
  const { sequence, id, at, action, details, hash, subject, impersonatorId } = entry
  return {
    sequence,
    id,
    at,
    action,
    actor: { ...entry.actor, name: entry.actorName },
    impersonator: impersonatorId === null ? null : { id: impersonatorId, name: entry.impersonatorName },
    subject: subject && { ...subject, name: entry.subjectName, deleted: entry.subjectDeleted },
    origin: entry.origin && (await describeOrigin(entry.origin)),
    details,
    hash,
  }
}

/** A page of a school's audit log, newest first. @throws AppError `invalid_input` for a cursor not of this list. */
export async function listAudit(
  db: Database,
  organizationId: string,
  { cursor, limit, ...filter }: AuditFilter & { cursor?: string | undefined; limit: number },
): Promise<Page> {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) {
    throw invalidField('cursor', 'cursor_unknown', { code: 'invalid_format' })
  }
  const before = cursor === undefined ? null : Number(cursor)
  const rows = await selectEntries(db.in(organizationId), {
    organizationId,
    filter,
    before,
    limit: limit + 1,
  })
  const items = rows.slice(0, limit)
  return {
    items: await Promise.all(items.map(shown)),
    nextCursor: rows.length > limit ? String(items.at(-1)?.sequence) : null,
  }
}

const columns = [
  'sequence',
  'at',
  'action',
  'actor_kind',
  'actor_id',
  'actor_name',
  'impersonator_id',
  'impersonator_name',
  'subject_kind',
  'subject_id',
  'subject_name',
  'ip',
  'user_agent',
  'details',
  'id',
  'origin_digest',
  'previous_hash',
  'hash',
]

const exportBatch = 500

/** The log as lines of CSV, newest first, read a little at a time. */
export async function* auditCsv(
  db: Database,
  organizationId: string,
  filter: AuditFilter,
): AsyncGenerator<string> {
  yield csvLine(columns)
  for (let before: number | null = null; ; ) {
    const rows: NamedEntry[] = await selectEntries(db.in(organizationId), {
      organizationId,
      filter,
      before,
      limit: exportBatch,
    })
    yield rows.map(lineOf).join('')
    if (rows.length < exportBatch) return
    before = rows.at(-1)?.sequence ?? 0
  }
}

function lineOf(entry: NamedEntry): string {
  const { sequence, at, action, actor, impersonatorId, subject, origin } = entry
  return csvLine([
    String(sequence),
    at,
    action,
    actor.kind,
    actor.id,
    entry.actorName,
    impersonatorId,
    entry.impersonatorName,
    subject?.kind,
    subject?.id,
    entry.subjectName,
    origin?.ip,
    origin?.userAgent,
    JSON.stringify(entry.details),
    entry.id,
    entry.originDigest,
    entry.previousHash,
    entry.hash,
  ])
}
