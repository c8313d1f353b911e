import type { SchoolRole } from '@azora/contracts/permissions.ts'
import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'
import type { Place } from '../list-cursor.ts'

/** An invitation as administrators see it. `invitedBy` is a name. */
export type Invitation = {
  id: string
  email: string
  name: string | null
  roles: SchoolRole[]
  status: 'waiting' | 'accepted' | 'expired' | 'revoked'
  invitedBy: string | null
  createdAt: string
  expiresAt: string
}

const keptDays = 7
// After that nobody asks any more who was invited, and addresses are not kept for nothing.
const forgottenDays = 90

const invitationColumns = sql`
  i.id, i.email, i.name, i.roles, b.name as invited_by, i.created_at, i.expires_at,
  case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
    when i.expires_at <= clock_timestamp() then 'expired' else 'waiting' end as status
  from invitations i left join users b on b.id = i.invited_by`

type Key = { organizationId: string; id: string }

/** Invite an address, or renew what waits for it. @returns the invitation's id. */
export async function upsertInvitation(
  tx: Unscoped,
  row: Key & { email: string; name: string | null; roles: SchoolRole[]; invitedBy: string | null },
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(sql`
    insert into invitations (id, organization_id, email, name, roles, invited_by, expires_at)
    values (${row.id}, ${row.organizationId}, ${row.email}, ${row.name}, ${row.roles}::text[], ${row.invitedBy},
      clock_timestamp() + make_interval(days => ${keptDays}))
    on conflict (organization_id, email) where accepted_at is null and revoked_at is null do update set
      name = excluded.name, roles = excluded.roles, invited_by = excluded.invited_by, digest = null,
      created_at = clock_timestamp(), expires_at = excluded.expires_at
    returning id`)
  return id
}

export function selectInvitations(
  db: Unscoped,
  query: { organizationId: string; before: Place | null; limit: number },
): Promise<Invitation[]> {
  const { before } = query
  return db.rows<Invitation>(sql`
    select ${invitationColumns} where i.organization_id = ${query.organizationId}
    ${before === null ? none : sql`and (i.created_at, i.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`}
    order by i.created_at desc, i.id desc limit ${query.limit}`)
}

export function selectOptionalInvitation(db: Unscoped, key: Key): Promise<Invitation | null> {
  return db.optional<Invitation>(sql`
    select ${invitationColumns} where i.organization_id = ${key.organizationId} and i.id = ${key.id}`)
}

/** What someone invited to that is still open, in a school. */
export function selectOpenInvitationsBy(db: Unscoped, key: { organizationId: string; userId: string }) {
  return db.rows<{ id: string; roles: SchoolRole[] }>(sql`
    select id, roles from invitations where organization_id = ${key.organizationId}
      and invited_by = ${key.userId} and accepted_at is null and revoked_at is null`)
}

/** Give one that is open another week in the name of the one who does, and take its link away; false for one that is not. */
export async function renewInvitation(tx: Unscoped, key: Key & { invitedBy: string }): Promise<boolean> {
  const renewed = await tx.run(sql`
    update invitations set digest = null, invited_by = ${key.invitedBy}, expires_at = clock_timestamp() + make_interval(days => ${keptDays})
    where organization_id = ${key.organizationId} and id = ${key.id} and accepted_at is null and revoked_at is null`)
  return renewed === 1
}

/** Take the link of one away that waits, for an email with another; false for one that does not wait or has no giver. */
export async function takeLinkAway(tx: Unscoped, key: Key): Promise<boolean> {
  const taken = await tx.run(sql`
    update invitations set digest = null
    where organization_id = ${key.organizationId} and id = ${key.id} and accepted_at is null and revoked_at is null
      and expires_at > clock_timestamp() and invited_by is not null`)
  return taken === 1
}

/** Take one back that is open; false for one that is not. */
export async function closeInvitation(tx: Unscoped, key: Key): Promise<boolean> {
  const closed = await tx.run(sql`
    update invitations set revoked_at = clock_timestamp()
    where organization_id = ${key.organizationId} and id = ${key.id} and accepted_at is null and revoked_at is null`)
  return closed === 1
}

/** Put a new link in the place of the one before, for the email that carries it; null when there is nothing to offer. */
export function storeLink(db: Unscoped, given: Key & { digest: string }) {
  return db.optional<{
    email: string
    name: string | null
    expiresAt: string
    schoolName: string
    invitedBy: string | null
  }>(sql`
    update invitations i set digest = ${given.digest} from organizations o
    where o.id = i.organization_id and i.organization_id = ${given.organizationId} and i.id = ${given.id}
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > clock_timestamp()
    returning i.email, i.name, i.expires_at, o.name as school_name,
      (select b.name from users b where b.id = i.invited_by) as invited_by`)
}

/** What a link offers while it can be accepted. For the scope across schools: the one who holds it has entered none yet. */
export type Offer = {
  id: string
  email: string
  name: string | null
  roles: SchoolRole[]
  organization: { id: string; slug: string; name: string }
  accountExists: boolean
}

export async function selectOptionalOffer(db: Unscoped, digest: string): Promise<Offer | null> {
  return db.optional<Offer>(sql`
    select i.id, i.email, i.name, i.roles,
      json_build_object('id', o.id, 'slug', o.slug, 'name', o.name) as organization,
      exists (select from users u where u.email = i.email) as account_exists
    from invitations i join organizations o on o.id = i.organization_id
    where i.digest = ${digest} and i.accepted_at is null and i.revoked_at is null
      and i.expires_at > clock_timestamp()`)
}

/** Why a link can no longer be accepted; null for one that never worked, was replaced, or works. */
export async function selectOptionalEnd(
  db: Unscoped,
  digest: string,
): Promise<'accepted' | 'revoked' | 'expired' | null> {
  const row = await db.optional<{ status: 'accepted' | 'revoked' | 'expired' | 'waiting' }>(
    sql`select s.status from (select ${invitationColumns} where i.digest = ${digest}) s`,
  )
  return row === null || row.status === 'waiting' ? null : row.status
}

/** Of all who accept at once, one is told true. */
export async function claimInvitation(tx: Queryable, key: { id: string; digest: string }): Promise<boolean> {
  const taken = await tx.run(sql`
    update invitations set accepted_at = clock_timestamp()
    where organization_id = ${tx.organizationId}
      and id = ${key.id} and digest = ${key.digest} and accepted_at is null and revoked_at is null
      and expires_at > clock_timestamp() and invited_by is not null`)
  return taken === 1
}

/** The account of an address: for anyone who already holds an email that went there. */
export function selectOptionalInvited(db: Unscoped, email: string) {
  return db.optional<{ id: string; name: string; passwordHash: string | null; leaving: boolean }>(sql`
    select id, name, password_hash, deletes_at is not null as leaving from users where email = ${email}`)
}

/** The membership of an address in a school. */
export function selectOptionalMembership(db: Unscoped, key: { organizationId: string; email: string }) {
  return db.optional<{ suspended: boolean }>(sql`
    select m.suspended_at is not null as suspended from memberships m join users u on u.id = m.user_id
    where m.organization_id = ${key.organizationId} and u.email = ${key.email}`)
}

/** The number removed: those over for so long that nobody asks. */
export function deleteOldInvitations(db: Unscoped): Promise<number> {
  return db.run(sql`
    delete from invitations where expires_at < clock_timestamp() - make_interval(days => ${forgottenDays})`)
}
