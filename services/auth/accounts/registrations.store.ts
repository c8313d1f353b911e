import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** An account that someone asked for and whose address is not proved yet. `code` is sealed. */
export type Registration = {
  id: string
  organizationId: string
  email: string
  name: string
  passwordHash: string
  code: string | null
}

const columns = sql`id, organization_id, email, name, password_hash, code`

export async function insertRegistration(
  tx: Unscoped,
  row: Omit<Registration, 'code'> & { expiresAt: string },
): Promise<void> {
  await tx.run(sql`
    insert into registrations (id, organization_id, email, name, password_hash, expires_at)
    values (${row.id}, ${row.organizationId}, ${row.email}, ${row.name}, ${row.passwordHash}, ${row.expiresAt})`)
}

/** What was asked for last under this address and name, within so many seconds. */
export function selectOptionalRecentRegistration(
  db: Unscoped,
  asked: { organizationId: string; email: string; name: string; seconds: number },
) {
  return db.optional<{ id: string; passwordHash: string; expiresAt: string }>(sql`
    select id, password_hash, expires_at from registrations
    where organization_id = ${asked.organizationId} and email = ${asked.email} and name = ${asked.name}
      and created_at > clock_timestamp() - make_interval(secs => ${asked.seconds})
      and expires_at > clock_timestamp()
    order by created_at desc, id limit 1`)
}

/** A registration as its email is written. For the scope across schools. */
export function selectOptionalRegistration(db: Unscoped, id: string) {
  return db.optional<Registration & { schoolName: string; accountExists: boolean }>(sql`
    select r.id, r.organization_id, r.email, r.name, r.password_hash, r.code, o.name as school_name,
      exists (select from users u where u.email = r.email) as account_exists
    from registrations r join organizations o on o.id = r.organization_id
    where r.id = ${id} and r.expires_at > clock_timestamp()`)
}

/** Give a registration its code, unless it has one. @returns the sealed code that holds; null when it is gone. */
export async function createRegistrationCode(
  db: Unscoped,
  { id, organizationId, code }: { id: string; organizationId: string; code: string },
): Promise<string | null> {
  const row = await db.optional<{ code: string }>(
    sql`update registrations set code = coalesce(code, ${code})
      where organization_id = ${organizationId} and id = ${id} returning code`,
  )
  return row?.code ?? null
}

/** Count a try before it is looked at, so that tries at the same moment count too; null when none is left. */
export function countRegistrationTry(
  db: Unscoped,
  { id, mostTries }: { id: string; mostTries: number },
): Promise<Registration | null> {
  return db.optional<Registration>(sql`
    update registrations set tries = tries + 1
    where id = ${id} and tries < ${mostTries} and expires_at > clock_timestamp()
    returning ${columns}`)
}

/** Of all who gave the right code, one is told true. */
export async function claimRegistration(
  tx: Unscoped,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<boolean> {
  const taken = await tx.run(sql`
    delete from registrations where organization_id = ${organizationId} and id = ${id}`)
  return taken === 1
}

/** Anyone else who asked for this address is too late. */
export async function deleteRegistrationsOf(tx: Unscoped, email: string): Promise<void> {
  await tx.run(sql`delete from registrations where email = ${email}`)
}

export async function deleteExpiredRegistrations(db: Unscoped): Promise<void> {
  await db.run(sql`delete from registrations where expires_at < clock_timestamp()`)
}

/** Whether a school takes everyone who comes, or those it invited. */
export async function selectRegistrationMode(
  db: Unscoped,
  organizationId: string,
): Promise<'open' | 'invitation'> {
  const row = await db.one<{ registration: 'open' | 'invitation' }>(
    sql`select registration from organizations where id = ${organizationId}`,
  )
  return row.registration
}
