import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type StorageUse = { schoolBytes: number; personBytes: number }

/** What the files of the school in scope take, and of them those that a person uploaded. Triggers keep the counts. */
export function selectStorageUse(db: Queryable, userId: string): Promise<StorageUse> {
  return db.one<StorageUse>(sql`
    select coalesce(sum(bytes) filter (where user_id is null), 0) as school_bytes,
      coalesce(sum(bytes) filter (where user_id = ${userId}), 0) as person_bytes
    from storage_use where user_id is null or user_id = ${userId}`)
}

export async function selectBlobKeys(db: Queryable, courseId: string): Promise<string[]> {
  const rows = await db.rows<{ blobKey: string }>(
    sql`select blob_key from files where course_id = ${courseId}`,
  )
  return rows.map(row => row.blobKey)
}
