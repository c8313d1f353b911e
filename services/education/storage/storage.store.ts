import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type StorageUse = { schoolBytes: number; personBytes: number }

/** What the files of the school in scope take, and of them those that a person uploaded. Triggers keep the counts. */
export function selectStorageUse(db: Queryable, userId: string): Promise<StorageUse> {
  return db.one<StorageUse>(sql`
    select coalesce(sum(bytes) filter (where user_id is null), 0) as school_bytes,
      coalesce(sum(bytes) filter (where user_id = ${userId}), 0) as person_bytes
    from storage_use where organization_id = ${db.organizationId} and (user_id is null or user_id = ${userId})`)
}

export async function selectBlobKeys(db: Queryable, courseId: string): Promise<string[]> {
  const rows = await db.rows<{ blobKey: string }>(
    sql`select blob_key from files where organization_id = ${db.organizationId} and course_id = ${courseId}`,
  )
  return rows.map(row => row.blobKey)
}

/** Those whose files take most of the school in scope. Nameless are those who left. */
export function selectLargestShares(db: Queryable, limit: number) {
  return db.rows<{ userId: string; name: string; usedBytes: number }>(sql`
    select s.user_id, coalesce(p.name, '') as name, s.bytes as used_bytes
    from storage_use s left join people p on p.user_id = s.user_id and p.organization_id = s.organization_id
    where s.organization_id = ${db.organizationId}
      and s.user_id is not null and s.bytes > 0 order by s.bytes desc, s.user_id limit ${limit}`)
}
