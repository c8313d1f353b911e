import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type SavedComment = { id: string; text: string }

/** Oldest first, so that each keeps its place. */
export async function selectSavedComments(db: Queryable, userId: string): Promise<SavedComment[]> {
  return db.rows<SavedComment>(sql`
    select id, text from saved_comments
    where organization_id = ${db.organizationId} and user_id = ${userId} order by created_at, id`)
}

/** Held until the transaction ends: of two that save at once the second counts the first. */
export async function lockSavedComments(tx: Transaction, userId: string): Promise<void> {
  await tx.run(sql`
    select pg_advisory_xact_lock(hashtextextended(${`saved_comments ${tx.organizationId} ${userId}`}, 0))`)
}

export async function insertSavedComment(
  tx: Transaction,
  { id, text, userId }: SavedComment & { userId: string },
): Promise<void> {
  await tx.run(sql`
    insert into saved_comments (id, organization_id, user_id, text)
    values (${id}, ${tx.organizationId}, ${userId}, ${text})`)
}

/** @returns whether the person has it */
export async function updateSavedComment(
  db: Queryable,
  { id, text, userId }: SavedComment & { userId: string },
): Promise<boolean> {
  const found = await db.rows(sql`
    update saved_comments set text = ${text}
    where organization_id = ${db.organizationId} and user_id = ${userId} and id = ${id} returning id`)
  return found.length > 0
}

export async function deleteSavedComment(db: Queryable, userId: string, id: string): Promise<void> {
  await db.run(sql`
    delete from saved_comments
    where organization_id = ${db.organizationId} and user_id = ${userId} and id = ${id}`)
}
