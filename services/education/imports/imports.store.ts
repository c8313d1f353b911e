import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { ImportReport } from '../cartridges/cartridge.ts'
import type { ImportEnd } from './import-failure.ts'

export type ImportStage = 'received' | 'reading' | 'files' | 'lessons' | 'done'

export type ImportRow = {
  id: string
  createdBy: string
  fileName: string
  status: 'waiting' | 'running' | 'done' | 'failed'
  stage: ImportStage
  progressPercent: number
  courseId: string | null
  report: ImportReport | null
  /** Of before there were reasons it has a code and a message alone. */
  error: ImportEnd | Pick<ImportEnd, 'code' | 'message'> | null
  createdAt: string
  finishedAt: string | null
}

const stateColumns = sql`id, created_by, status, stage, progress_percent, course_id, error, finished_at`
const columns = sql`${stateColumns}, file_name, report, created_at`

/** How an import stands, without its report, which may be long. */
export type ImportStateRow = Omit<ImportRow, 'fileName' | 'report' | 'createdAt'>

export async function insertImport(
  db: Queryable,
  item: { id: string; organizationId: string; createdBy: string; fileName: string },
): Promise<void> {
  await db.run(sql`
    insert into imports (id, organization_id, created_by, file_name)
    values (${item.id}, ${item.organizationId}, ${item.createdBy}, ${item.fileName})`)
}

export async function selectOptionalImport(db: Queryable, importId: string): Promise<ImportRow | null> {
  return db.optional<ImportRow>(sql`
    select ${columns} from imports where organization_id = ${db.organizationId} and id = ${importId}`)
}

export async function selectOptionalImportState(
  db: Queryable,
  importId: string,
): Promise<ImportStateRow | null> {
  return db.optional<ImportStateRow>(sql`
    select ${stateColumns} from imports where organization_id = ${db.organizationId} and id = ${importId}`)
}

export async function selectImports(
  db: Queryable,
  filter: { createdBy: string | null; cursor: string | undefined; limit: number },
) {
  const rows = await db.rows<ImportRow>(sql`
    select ${columns} from imports
    where organization_id = ${db.organizationId}
      and (${filter.createdBy}::uuid is null or created_by = ${filter.createdBy}::uuid)
      and (${filter.cursor ?? null}::uuid is null or id < ${filter.cursor ?? null}::uuid)
    order by id desc limit ${filter.limit + 1}`)
  const items = rows.slice(0, filter.limit)
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

/** @returns whether the import is still under way. */
export async function updateStage(
  db: Queryable,
  importId: string,
  stage: ImportStage,
  percent: number,
): Promise<boolean> {
  const open = await db.run(sql`
    update imports set status = 'running', stage = ${stage}, progress_percent = ${percent}
    where organization_id = ${db.organizationId} and id = ${importId} and status in ('waiting', 'running')`)
  return open > 0
}

/** Take the import for finishing; false when it has ended already. */
export async function lockOpenImport(db: Queryable, importId: string): Promise<boolean> {
  const found = await db.optional<{ status: string }>(
    sql`select status from imports where organization_id = ${db.organizationId} and id = ${importId} for update`,
  )
  return found?.status === 'waiting' || found?.status === 'running'
}

export async function finishImport(
  db: Queryable,
  importId: string,
  result: { courseId: string; report: ImportReport },
): Promise<void> {
  await db.run(sql`
    update imports set status = 'done', stage = 'done', progress_percent = 100, course_id = ${result.courseId},
      report = ${JSON.stringify(result.report)}::jsonb, finished_at = now()
    where organization_id = ${db.organizationId} and id = ${importId}`)
}

/** @returns whether it failed with this: not when it has ended already. */
export async function failImport(db: Queryable, importId: string, error: ImportEnd): Promise<boolean> {
  const failed = await db.run(sql`
    update imports set status = 'failed', error = ${JSON.stringify(error)}::jsonb, finished_at = now()
    where organization_id = ${db.organizationId} and id = ${importId} and status in ('waiting', 'running')`)
  return failed > 0
}

/** Imports that nobody works on any more, of any school: their job used up its attempts in processes that died. */
export async function selectAbandonedImports(
  db: Unscoped,
  limit: number,
): Promise<{ importId: string; organizationId: string; createdBy: string }[]> {
  return db.rows(sql`
    select id as import_id, organization_id, created_by from imports
    where status in ('waiting', 'running') and created_at < now() - interval '6 hours'
    order by id limit ${limit}`)
}
