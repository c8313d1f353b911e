import type { Queryable } from './db.ts'
import { sql } from './sql.ts'

type Part = { organizationId: string; documentId: string; partId: string; bytes: number }

/** The document, locked for a change of its parts; made when there is none yet. */
export async function lockSharedDocument(
  tx: Queryable,
  organizationId: string,
  documentId: string,
): Promise<{ bytes: number; parts: number }> {
  await tx.run(sql`
    insert into shared_documents (organization_id, id) values (${organizationId}, ${documentId})
    on conflict (organization_id, id) do nothing`)
  const { bytes } = await tx.one<{ bytes: number }>(sql`
    select bytes from shared_documents
    where organization_id = ${organizationId} and id = ${documentId} for update`)
  const { parts } = await tx.one<{ parts: number }>(sql`
    select count(*) as parts from shared_document_parts
    where organization_id = ${organizationId} and document_id = ${documentId}`)
  return { bytes, parts }
}

export async function selectParts(
  db: Queryable & { organizationId: string },
  documentId: string,
): Promise<{ partId: string }[]> {
  return db.rows(sql`
    select part_id from shared_document_parts
    where organization_id = ${db.organizationId} and document_id = ${documentId} order by part_id`)
}

/** The document must be locked. */
export async function insertPart(tx: Queryable, part: Part): Promise<void> {
  await tx.run(sql`
    insert into shared_document_parts (organization_id, document_id, part_id, bytes)
    values (${part.organizationId}, ${part.documentId}, ${part.partId}, ${part.bytes})`)
  await tx.run(sql`
    update shared_documents set bytes = bytes + ${part.bytes}
    where organization_id = ${part.organizationId} and id = ${part.documentId}`)
}

/**
 * Put one part in the place of others. The document must be locked.
 * @returns false when they are no longer all there, which changes nothing that may stay.
 */
export async function replaceParts(tx: Queryable, part: Part, replaced: string[]): Promise<boolean> {
  const gone = await tx.rows<{ bytes: number }>(sql`
    delete from shared_document_parts
    where organization_id = ${part.organizationId} and document_id = ${part.documentId}
      and part_id = any(${replaced}::uuid[])
    returning bytes`)
  if (gone.length !== replaced.length) return false
  await insertPart(tx, part)
  await tx.run(sql`
    update shared_documents set bytes = bytes - ${gone.reduce((sum, one) => sum + one.bytes, 0)}
    where organization_id = ${part.organizationId} and id = ${part.documentId}`)
  return true
}

/** Delete a document, locked first, so that none of its parts can be added beside. @returns the ids of its parts. */
export async function deleteSharedDocument(
  tx: Queryable & { organizationId: string },
  documentId: string,
): Promise<string[]> {
  await tx.run(sql`
    select from shared_documents where organization_id = ${tx.organizationId} and id = ${documentId} for update`)
  const parts = await tx.rows<{ partId: string }>(sql`
    delete from shared_document_parts
    where organization_id = ${tx.organizationId} and document_id = ${documentId} returning part_id`)
  await tx.run(sql`
    delete from shared_documents where organization_id = ${tx.organizationId} and id = ${documentId}`)
  return parts.map(part => part.partId)
}
