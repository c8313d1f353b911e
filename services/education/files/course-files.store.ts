import type { FileUse } from '@azora/contracts/errors.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import type { StoredFile } from '../courses/authoring.store.ts'
import { fileUrl } from './file-url.ts'

export type FileKind = 'image' | 'video' | 'audio' | 'document'

type FileSearch = {
  q?: string | undefined
  kind?: FileKind | undefined
  /** The last file of the page before. */
  cursor: string | undefined
  limit: number
}

export type CourseFile = StoredFile & { updatedAt: string }

const ofKind: Record<FileKind, Sql> = {
  image: sql`f.media_type like 'image/%'`,
  video: sql`f.media_type like 'video/%'`,
  audio: sql`f.media_type like 'audio/%'`,
  document: sql`f.media_type !~ '^(image|video|audio)/'`,
}

/** The files of a course by name. */
export async function selectCourseFiles(
  db: Queryable,
  courseId: string,
  { q, kind, cursor, limit }: FileSearch,
) {
  const rows = await db.rows<Omit<CourseFile, 'url'>>(sql`
    select f.id, f.name, f.media_type, f.size, f.updated_at from files f
    where f.organization_id = ${db.organizationId} and f.course_id = ${courseId}
      and (${q ?? null}::text is null or position(lower(${q ?? ''}) in lower(f.name)) > 0)
      and ${kind ? ofKind[kind] : sql`true`}
      and (${cursor ?? null}::uuid is null
        or (lower(f.name), f.id) > (
          select lower(name), id from files
          where organization_id = ${db.organizationId} and id = ${cursor ?? null}::uuid))
    order by lower(f.name), f.id limit ${limit + 1}`)
  const items = rows.slice(0, limit).map(row => ({ ...row, url: fileUrl(row.id, row.name) }))
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Delete a file that nobody holds; the key of its content, or null when it is held or gone. */
export async function deleteUnheldFile(db: Queryable, fileId: string): Promise<string | null> {
  const gone = await db.optional<{ blobKey: string }>(sql`
    delete from files
    where organization_id = ${db.organizationId}
      and id = ${fileId} and (held_until is null or held_until < clock_timestamp())
    returning blob_key`)
  return gone?.blobKey ?? null
}

/** Give a file another content. @returns the content that it had; null when the file is gone. */
export async function updateContent(
  db: Queryable,
  fileId: string,
  content: { blobKey: string; size: number; sha256: string },
): Promise<{ blobKey: string; size: number } | null> {
  const before = await db.optional<{ blobKey: string; size: number }>(
    sql`select blob_key, size from files where organization_id = ${db.organizationId} and id = ${fileId} for update`,
  )
  if (!before) return null
  await db.run(sql`
    update files set blob_key = ${content.blobKey}, size = ${content.size}, sha256 = ${content.sha256}, updated_at = now()
    where organization_id = ${db.organizationId} and id = ${fileId}`)
  return before
}

export type UsedFile = CourseFile & { uses: FileUse[] }
