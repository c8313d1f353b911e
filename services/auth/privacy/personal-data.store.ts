import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What auth keeps of a person in a school. The scope is that school's; secrets are left out. */

export function selectOptionalProfile(db: Unscoped, userId: string) {
  return db.optional(sql`
    select id, email, name, mfa_enabled, roles as installation_roles, created_at, updated_at, last_seen_at,
      password_hash is not null as has_password
    from users where id = ${userId}`)
}

export function selectOptionalMembership(db: Queryable, userId: string) {
  return db.optional(sql`
    select o.slug as school, o.name as school_name, m.roles, m.created_at, m.suspended_at, m.suspended_reason
    from memberships m join organizations o on o.id = m.organization_id
    where m.organization_id = ${db.organizationId} and m.user_id = ${userId}`)
}

/** What the person held beside their roles, and when; by whose hand is in the audit log. */
export function selectOfficesOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select office, given_at, ended_at from offices_held
    where organization_id = ${db.organizationId} and user_id = ${userId} order by given_at`)
}

export function selectSessionsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select id, ip, user_agent, created_at, last_seen_at, authenticated_at, expires_at, revoked_at, impersonator_id
    from sessions where organization_id = ${db.organizationId} and user_id = ${userId} order by created_at`)
}

/** What someone signs in with beside a password. */
export function selectFactorsOf(db: Unscoped, userId: string) {
  return db.one(sql`
    select (select enabled_at from totp_factors where user_id = ${userId}) as authenticator_app_since,
      (select count(*) from recovery_codes where user_id = ${userId} and used_at is null) as recovery_codes_left,
      coalesce((select json_agg(json_build_object('name', name, 'credentialId', credential_id, 'synced', synced,
          'createdAt', created_at, 'lastUsedAt', last_used_at) order by created_at)
        from passkeys where user_id = ${userId}), '[]') as passkeys,
      coalesce((select json_agg(json_build_object('provider', provider, 'subject', subject, 'label', label,
          'linkedAt', linked_at) order by linked_at)
        from identities where user_id = ${userId}), '[]') as accounts_elsewhere`)
}

export function selectApiKeysOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select id, name, scopes, created_at, expires_at, last_used_at, revoked_at from api_keys
    where organization_id = ${db.organizationId} and user_id = ${userId} order by created_at, id`)
}

/** Invitations to the person's address, and those that the person sent; of the latter not to whom. */
export function selectInvitationsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select case when i.email = u.email then i.email end as email, case when i.email = u.email then i.name end as name,
      i.roles, i.created_at, i.expires_at, i.accepted_at, i.revoked_at, i.invited_by = u.id as sent_by_you
    from invitations i join users u on u.id = ${userId} and (i.email = u.email or i.invited_by = u.id)
    where i.organization_id = ${db.organizationId}
    order by i.created_at, i.id`)
}

/** What is in the audit log of what the person did, or what was done to them. */
export function selectAuditOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select e.sequence, e.at, e.action, e.actor_kind, e.actor_id, e.impersonator_id, e.subject_kind, e.subject_id,
      e.details, o.ip, o.user_agent
    from audit_entries e
    left join audit_origins o on o.organization_id = e.organization_id and o.id = e.id and o.person_id = ${userId}
    where e.organization_id = ${db.organizationId}
      and (e.actor_id = ${userId} or e.impersonator_id = ${userId} or e.subject_id = ${userId})
    order by e.sequence`)
}
