import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Manager = { userId: string; name: string; addedAt: string }

export function selectManagers(db: Queryable, institutionId: string): Promise<Manager[]> {
  return db.rows<Manager>(sql`
    select user_id, manager_name as name, added_at from institution_managers
    where organization_id = ${db.organizationId} and institution_id = ${institutionId} order by added_at, user_id`)
}

export async function selectIsManager(
  db: Queryable,
  institutionId: string,
  userId: string,
): Promise<boolean> {
  const found = await db.optional<object>(sql`
    select 1 as found from institution_managers
    where organization_id = ${db.organizationId} and institution_id = ${institutionId} and user_id = ${userId}`)
  return found !== null
}

/** The institutions for which a person orders. */
export function selectInstitutionsOfManager(
  db: Queryable,
  userId: string,
): Promise<{ id: string; name: string }[]> {
  return db.rows<{ id: string; name: string }>(sql`
    select n.id, n.name from institution_managers m
    join institutions n on n.organization_id = m.organization_id and n.id = m.institution_id
    where m.organization_id = ${db.organizationId} and m.user_id = ${userId} order by n.name, n.id`)
}

/** @returns false for one who is a manager of it already. */
export async function insertOptionalManager(
  tx: Transaction,
  institutionId: string,
  { id, name }: { id: string; name: string },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into institution_managers (organization_id, institution_id, user_id, manager_name)
    values (${tx.organizationId}, ${institutionId}, ${id}, ${name})
    on conflict (institution_id, user_id) do nothing`)
  return made === 1
}

/** @returns false for one who was none. */
export async function deleteOptionalManager(
  tx: Transaction,
  institutionId: string,
  userId: string,
): Promise<boolean> {
  const gone = await tx.run(sql`
    delete from institution_managers
    where organization_id = ${tx.organizationId} and institution_id = ${institutionId} and user_id = ${userId}`)
  return gone === 1
}
