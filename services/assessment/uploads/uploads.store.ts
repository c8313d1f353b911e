import { type UploadedFile, uploadWritten } from '@azora/contracts/assessment/uploaded-file.ts'
import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Where a file belongs: to one question of one attempt. */
export type UploadPlace = { submissionId: string; questionId: string }

export type Upload = UploadPlace &
  UploadedFile & { userId: string; sha256: string; blobKey: string; state: 'arriving' | 'kept' }

const columns = sql`id, submission_id, question_id, user_id, name, size, media_type, sha256, blob_key, state`

export async function selectOptionalUpload(db: Queryable, uploadId: string): Promise<Upload | null> {
  return db.optional<Upload>(sql`
    select ${columns} from uploads where organization_id = ${db.organizationId} and id = ${uploadId}`)
}

/**
 * Begin a file, or begin it again with another content: what an earlier try still sends is then nobody's.
 * @returns false where the id is of a file that has arrived, or belongs elsewhere
 */
export async function beginUpload(
  tx: Transaction,
  upload: UploadPlace & { id: string; userId: string; name: string; size: number; blobKey: string },
): Promise<boolean> {
  const begun = await tx.optional(sql`
    insert into uploads as u (id, organization_id, submission_id, question_id, user_id, name, size, media_type, sha256, blob_key)
    values (${upload.id}, ${tx.organizationId}, ${upload.submissionId}, ${upload.questionId}, ${upload.userId},
      ${upload.name}, ${upload.size}, '', '', ${upload.blobKey})
    on conflict (id) do update set blob_key = excluded.blob_key, name = excluded.name, size = excluded.size,
      begun_at = clock_timestamp()
    where u.organization_id = excluded.organization_id and u.state = 'arriving'
      and u.submission_id = excluded.submission_id and u.question_id = excluded.question_id
    returning u.id`)
  return begun !== null
}

/** Keep what arrived in the try that is named by its key; false where a later try or a sweep took its place. */
export async function keepUpload(
  tx: Transaction,
  upload: Pick<Upload, 'id' | 'blobKey' | 'name' | 'size' | 'mediaType' | 'sha256'>,
): Promise<boolean> {
  const kept = await tx.optional(sql`
    update uploads set state = 'kept', name = ${upload.name}, size = ${upload.size}, media_type = ${upload.mediaType},
      sha256 = ${upload.sha256}, arrived_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and id = ${upload.id} and blob_key = ${upload.blobKey}
      and state = 'arriving' returning id`)
  return kept !== null
}

/** Give up the try that is named by its key. Its content goes with the next sweep that is due. */
export async function deleteTry(db: Queryable, blobKey: string): Promise<void> {
  await db.run(sql`
    delete from uploads where organization_id = ${db.organizationId} and blob_key = ${blobKey} and state = 'arriving'`)
}

export async function deleteUpload(tx: Transaction, place: UploadPlace, uploadId: string): Promise<void> {
  await tx.run(sql`
    delete from uploads where organization_id = ${tx.organizationId} and id = ${uploadId}
      and submission_id = ${place.submissionId} and question_id = ${place.questionId}`)
}

/** The files of an answer that have arrived, in that order. */
export async function selectAnswerFiles(db: Queryable, place: UploadPlace): Promise<UploadedFile[]> {
  return db.rows<UploadedFile>(sql`
    select id, name, size, media_type from uploads
    where organization_id = ${db.organizationId} and submission_id = ${place.submissionId}
      and question_id = ${place.questionId} and state = 'kept' order by arrived_at, id`)
}

/** Write the files there are now as the answer of an attempt that is locked. */
export async function writeAnswer(tx: Transaction, place: UploadPlace): Promise<string[]> {
  const answer = (await selectAnswerFiles(tx, place)).map(uploadWritten)
  await tx.run(sql`
    update submissions set answers = answers || ${JSON.stringify({ [place.questionId]: answer })}::jsonb
    where organization_id = ${tx.organizationId} and id = ${place.submissionId} and state = 'in_progress'`)
  return answer
}

/** What the files that were handed in take, of the school in scope and of one person. Arriving ones count as announced. */
export async function selectUploadUse(db: Queryable, userId: string) {
  return db.one<{ schoolBytes: number; personBytes: number }>(sql`
    select coalesce((select bytes from upload_use where organization_id = ${db.organizationId}), 0)::float8 as school_bytes,
      coalesce((select sum(size) from uploads
        where organization_id = ${db.organizationId} and user_id = ${userId}), 0)::float8 as person_bytes`)
}

/** Across all schools: files that began to arrive and never did. */
export async function deleteAbandoned(db: Unscoped): Promise<void> {
  await db.run(
    sql`delete from uploads where state = 'arriving' and begun_at < clock_timestamp() - interval '1 hour'`,
  )
}

export async function selectContentsToDelete(db: Unscoped) {
  return db.rows<{ blobKey: string }>(sql`
    select blob_key from uploads_to_delete where due_at <= clock_timestamp() order by due_at limit 1000`)
}

export async function forgetContent(db: Unscoped, blobKey: string): Promise<void> {
  await db.run(sql`delete from uploads_to_delete where blob_key = ${blobKey}`)
}
