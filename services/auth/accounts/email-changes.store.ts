import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** An address that someone wants to have, until they prove it. `code` is sealed. */
export type EmailChange = { id: string; userId: string; email: string; code: string | null }

const columns = sql`id, user_id, email, code`

/** The one before it is forgotten: a person changes to one address at a time. */
export async function replaceEmailChange(
  tx: Unscoped,
  row: { id: string; organizationId: string; userId: string; email: string; expiresAt: string },
): Promise<void> {
  await deleteEmailChangesOf(tx, row.userId)
  await tx.run(sql`
    insert into email_changes (id, organization_id, user_id, email, expires_at)
    values (${row.id}, ${row.organizationId}, ${row.userId}, ${row.email}, ${row.expiresAt})`)
}

/** A change as its email is written. For the scope across schools. */
export function selectOptionalEmailChange(db: Unscoped, id: string) {
  return db.optional<EmailChange & { schoolName: string; accountExists: boolean }>(sql`
    select c.id, c.user_id, c.email, c.code, o.name as school_name,
      exists (select from users u where u.email = c.email) as account_exists
    from email_changes c join organizations o on o.id = c.organization_id
    where c.id = ${id} and c.expires_at > clock_timestamp()`)
}

/** Give a change its code, unless it has one. @returns the sealed code that holds; null when the change is gone. */
export async function createEmailChangeCode(
  db: Unscoped,
  { id, code }: { id: string; code: string },
): Promise<string | null> {
  const row = await db.optional<{ code: string }>(
    sql`update email_changes set code = coalesce(code, ${code}) where id = ${id} returning code`,
  )
  return row?.code ?? null
}

/** Count a try before it is looked at; null when none is left. */
export function countEmailChangeTry(
  db: Unscoped,
  { id, userId, mostTries }: { id: string; userId: string; mostTries: number },
): Promise<EmailChange | null> {
  return db.optional<EmailChange>(sql`
    update email_changes set tries = tries + 1
    where id = ${id} and user_id = ${userId} and tries < ${mostTries} and expires_at > clock_timestamp()
    returning ${columns}`)
}

/** Of all who gave the right code, one is told true. */
export async function claimEmailChange(tx: Unscoped, id: string): Promise<boolean> {
  return (await tx.run(sql`delete from email_changes where id = ${id}`)) === 1
}

export async function deleteEmailChangesOf(tx: Unscoped, userId: string): Promise<void> {
  await tx.run(sql`delete from email_changes where user_id = ${userId}`)
}

export async function deleteExpiredEmailChanges(db: Unscoped): Promise<void> {
  await db.run(sql`delete from email_changes where expires_at < clock_timestamp()`)
}
