import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { writingSchool } from './exports.store.ts'

/** Deleting accounts, for the scope across schools. */

/**
 * Hold every school of a person until the transaction ends, in one order, so that nobody there gives or takes power
 * meanwhile (people/reach.ts). @returns their ids.
 */
export async function lockSchoolsOf(tx: Unscoped, userId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from organizations
    where id in (select organization_id from memberships where user_id = ${userId})
    order by id for no key update`)
  return rows.map(row => row.id)
}

/** How many schools a person is a member of. */
export async function countSchools(tx: Unscoped, userId: string): Promise<number> {
  const row = await tx.one<{ count: number }>(sql`select count(*) from memberships where user_id = ${userId}`)
  return row.count
}

/** The names of the schools that would be left without an administrator who can act. */
export async function selectOrphanedSchools(tx: Unscoped, userId: string): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    select o.name from memberships m join organizations o on o.id = m.organization_id
    where m.user_id = ${userId} and 'admin' = any(m.roles) and not exists (
      select from memberships f join users u on u.id = f.user_id
      where f.organization_id = m.organization_id and f.user_id <> ${userId} and 'admin' = any(f.roles)
        and f.suspended_at is null and u.deletes_at is null)
    order by o.name`)
  return rows.map(row => row.name)
}

/** When the account goes: so many days from now, or as was said before. */
export async function updateDeletesAt(tx: Unscoped, userId: string, days: number): Promise<string> {
  const { deletesAt } = await tx.one<{ deletesAt: string }>(sql`
    update users set deletes_at = coalesce(deletes_at, clock_timestamp() + make_interval(days => ${days})),
      updated_at = clock_timestamp()
    where id = ${userId} returning deletes_at`)
  return deletesAt
}

export async function upsertToken(tx: Unscoped, row: { userId: string; digest: string }): Promise<void> {
  await tx.run(sql`
    insert into deletion_tokens (user_id, digest) values (${row.userId}, ${row.digest})
    on conflict (user_id) do update set digest = excluded.digest`)
}

/** Take a deletion back by its token. @returns the user's id, or null when there is nothing to take back any more. */
export async function undoDeletion(tx: Unscoped, digest: string): Promise<string | null> {
  const undone = await tx.optional<{ userId: string }>(sql`
    with used as (delete from deletion_tokens where digest = ${digest} returning user_id)
    update users u set deletes_at = null, updated_at = clock_timestamp() from used
    where u.id = used.user_id and u.deletes_at > clock_timestamp() returning u.id as user_id`)
  return undone?.userId ?? null
}

/** Who is about to be deleted, as an email addresses them; null when they no longer are. */
export function selectOptionalLeaver(db: Unscoped, userId: string) {
  return db.optional<{ email: string; name: string; deletesAt: string; schoolName: string }>(sql`
    select u.email, u.name, u.deletes_at, ${writingSchool} from users u
    where u.id = ${userId} and u.deletes_at > clock_timestamp()`)
}

/** The accounts whose time has come, the longest over first. */
export async function selectDue(db: Unscoped): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(
    sql`select id from users where deletes_at <= clock_timestamp() order by deletes_at`,
  )
  return rows.map(row => row.id)
}

/** An account whose time has come, locked; null when it has not, or someone else is at it. */
export function lockOptionalDue(tx: Unscoped, userId: string) {
  return tx.optional<{ id: string; email: string }>(sql`
    select id, email from users where id = ${userId} and deletes_at <= clock_timestamp()
    for update skip locked`)
}

/** The account and all that hangs on it. */
export async function deleteUser(tx: Unscoped, user: { id: string; email: string }): Promise<void> {
  await tx.run(sql`delete from sessions where user_id = ${user.id}`)
  await tx.run(sql`delete from memberships where user_id = ${user.id}`)
  await tx.run(sql`delete from users where id = ${user.id}`)
  // Known by the address alone.
  await tx.run(sql`delete from invitations where email = ${user.email}`)
  await tx.run(sql`delete from registrations where email = ${user.email}`)
  // Emails that still wait to be sent or were given up.
  await tx.run(sql`select azora_jobs.delete_own_naming(${[user.id, user.email]}::text[], null)`)
}
