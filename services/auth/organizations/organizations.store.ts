import type { Unscoped } from '@azora/kit/db.ts'
import type { Tier } from '@azora/kit/identity.ts'
import { none, sql } from '@azora/kit/sql.ts'
import type { RequireMfa } from '../accounts/accounts.store.ts'
import type { Place } from '../list-cursor.ts'

export type Organization = { id: string; slug: string; name: string }

/** A school with its rules. */
export type Settings = Organization & {
  /** Whether anyone may open an account, or only who was invited. */
  registration: 'open' | 'invitation'
  requireMfa: RequireMfa
  tier: Tier
}

/** A school in the list of the installation's. */
export type OrganizationRow = Settings & { members: number; createdAt: string }

const settings = sql`id, slug, name, registration, require_mfa, tier`

export function selectOptionalOrganizationBySlug(db: Unscoped, slug: string) {
  return db.optional<Organization>(sql`select id, slug, name from organizations where slug = ${slug}`)
}

export function selectOptionalDefaultOrganization(db: Unscoped) {
  return db.optional<Organization>(sql`select id, slug, name from organizations where is_default`)
}

/** Whether there is a school beside the one of that slug. */
export async function hasOtherOrganization(db: Unscoped, slug: string): Promise<boolean> {
  const { found } = await db.one<{ found: boolean }>(
    sql`select exists (select from organizations where slug <> ${slug}) as found`,
  )
  return found
}

/** False when the slug is taken. */
export async function insertOrganization(
  tx: Unscoped,
  row: { id: string; slug: string; name: string; isDefault: boolean },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into organizations (id, slug, name, is_default)
    values (${row.id}, ${row.slug}, ${row.name}, ${row.isDefault})
    on conflict (slug) do nothing`)
  return inserted === 1
}

export function selectSettings(db: Unscoped, id: string): Promise<Settings> {
  return db.one<Settings>(sql`select ${settings} from organizations where id = ${id}`)
}

/**
 * Hold a school until the transaction ends. Members may still come; see people/reach.ts for who waits for whom.
 * A statement of its own, so that the next one sees what was committed while this one waited.
 */
export async function lockOrganization(tx: Unscoped, id: string): Promise<void> {
  await tx.run(sql`select from organizations where id = ${id} for no key update`)
}

/** A school with its rules, held until the transaction ends. */
export function lockOptionalSettings(tx: Unscoped, id: string): Promise<Settings | null> {
  return tx.optional<Settings>(sql`select ${settings} from organizations where id = ${id} for update`)
}

export async function updateSettings(tx: Unscoped, to: Settings): Promise<void> {
  await tx.run(sql`
    update organizations set name = ${to.name}, registration = ${to.registration},
      require_mfa = ${to.requireMfa}, tier = ${to.tier}
    where id = ${to.id}`)
}

/**
 * Make the tokens stale of the members without a second factor whom a rule concerns: everybody, or anyone who is more
 * than a learner.
 */
export async function makeTokensOfUnprotectedStale(
  tx: Unscoped,
  { organizationId, everybody }: { organizationId: string; everybody: boolean },
): Promise<void> {
  await tx.run(sql`
    insert into revocations (kind, id)
    select 'user', u.id from memberships m join users u on u.id = m.user_id
    where m.organization_id = ${organizationId} and not u.mfa_enabled
      and (${everybody} or u.roles || m.roles <> '{learner}')`)
}

const organizationRow = sql`
  o.id, o.slug, o.name, o.registration, o.require_mfa, o.tier, o.created_at,
  (select count(*) from memberships m where m.organization_id = o.id) as members
  from organizations o`

/** Schools and how many belong to them, newest first. For the scope across schools. */
export function selectOrganizations(
  db: Unscoped,
  { pattern, before, limit }: { pattern: string | null; before: Place | null; limit: number },
): Promise<OrganizationRow[]> {
  return db.rows<OrganizationRow>(sql`
    select ${organizationRow} where true
    ${pattern === null ? none : sql`and (o.name ilike ${pattern} or o.slug ilike ${pattern})`}
    ${before === null ? none : sql`and (o.created_at, o.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`}
    order by o.created_at desc, o.id desc limit ${limit}`)
}

/** For the scope of the school or the one across schools. */
export function selectOrganizationRow(db: Unscoped, id: string): Promise<OrganizationRow> {
  return db.one<OrganizationRow>(sql`select ${organizationRow} where o.id = ${id}`)
}
