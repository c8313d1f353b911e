import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type FileRow = {
  id: string
  organizationId: string
  courseId: string
  name: string
  mediaType: string
  size: number
  sha256: string
  blobKey: string
  createdBy: string
  instructorId: string
  isCover: boolean
  /** Whether a learner of the course may have it. */
  forLearners: boolean
  courseStatus: string
}

const columns = sql`
    f.id, f.organization_id, f.course_id, f.name, f.media_type, f.size, f.sha256, f.blob_key, f.created_by,
      c.instructor_id, c.cover_file_id = f.id as is_cover, c.status as course_status,
      -- Not when lessons show it of which learners see none; what no lesson shows may be in a quiz.
      (c.cover_file_id = f.id or position(f.id::text in c.description) > 0
        or not exists (select from file_uses u where u.organization_id = f.organization_id and u.file_id = f.id)
        or exists (
          select from file_uses u
          join visible_lessons l on l.organization_id = f.organization_id and l.id = u.lesson_id
          where u.organization_id = f.organization_id and u.file_id = f.id)
      ) as for_learners
    from files f join courses c on c.organization_id = f.organization_id and c.id = f.course_id`

export async function selectOptionalFile(db: Queryable, fileId: string): Promise<FileRow | null> {
  return db.optional<FileRow>(sql`
    select ${columns} where f.organization_id = ${db.organizationId} and f.id = ${fileId}`)
}

export async function selectFiles(db: Queryable, fileIds: string[]): Promise<FileRow[]> {
  return db.rows<FileRow>(sql`
    select ${columns} where f.organization_id = ${db.organizationId} and f.id = any(${fileIds}::uuid[])`)
}

/** Public: the cover of a published course, whichever school's. */
export async function selectOptionalPublicCover(db: Unscoped, fileId: string): Promise<FileRow | null> {
  return db.optional<FileRow>(sql`
    select ${columns} where f.id = ${fileId} and c.cover_file_id = f.id and c.status = 'published'`)
}

export type NewFile = {
  id: string
  organizationId: string
  courseId: string
  name: string
  mediaType: string
  size: number
  sha256: string
  blobKey: string
  attachment: boolean
  createdBy: string
}

export async function insertFiles(db: Queryable, files: NewFile[]): Promise<void> {
  if (files.length === 0) return
  await db.run(sql`
    insert into files (id, organization_id, course_id, name, media_type, size, sha256, blob_key, attachment, created_by)
    select f.id, f."organizationId", f."courseId", f.name, f."mediaType", f.size, f.sha256, f."blobKey", f.attachment, f."createdBy"
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as f (id uuid, "organizationId" uuid, "courseId" uuid,
      name text, "mediaType" text, size bigint, sha256 text, "blobKey" text, attachment boolean, "createdBy" uuid)`)
}
