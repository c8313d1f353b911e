import type { Unscoped } from '@azora/kit/db.ts'
import { deviceOf } from '@azora/kit/device-name.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'
import type { Origin, SealedEntry } from './chain.ts'

/** Where a school's chain stands; `sequence` is 0 and `hash` null before its first entry. */
export type Head = { sequence: number; hash: string | null }

/** The head of a school's chain, locked until the transaction ends: by its row, or before there is one, by its name. */
export async function lockHead(tx: Unscoped, organizationId: string): Promise<Head> {
  const select = () =>
    tx.optional<Head>(sql`
      select sequence, hash from audit_heads where organization_id = ${organizationId} for update`)
  const head = await select()
  if (head) return head
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`audit ${organizationId}`}, 0))`)
  return (await select()) ?? { sequence: 0, hash: null }
}

type NewEntry = SealedEntry & {
  hash: string
  origin: (Origin & { salt: string; personId: string | null }) | null
}

/** Those of the events that have their entry. */
export async function selectKnownIds(
  tx: Unscoped,
  events: { organizationId: string; ids: string[] },
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from audit_entries where organization_id = ${events.organizationId} and id = any(${events.ids}::uuid[])`)
  return rows.map(row => row.id)
}

/**
 * Append entries in their order, move the head to the last and keep their origins: one statement. The origin of
 * someone whose account is gone by now is not kept.
 */
export async function insertEntries(
  tx: Unscoped,
  organizationId: string,
  entries: NewEntry[],
): Promise<void> {
  await tx.run(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e (sequence bigint, id uuid, at timestamptz,
        action text, actor jsonb, "impersonatorId" uuid, subject jsonb, details jsonb, "originDigest" text,
        "previousHash" text, hash text, origin jsonb)),
    appended as (
      insert into audit_entries (organization_id, sequence, id, at, action, actor_kind, actor_id, impersonator_id,
        subject_kind, subject_id, details, origin_digest, previous_hash, hash)
      select ${organizationId}, sequence, id, at, action, actor ->> 'kind', (actor ->> 'id')::uuid, "impersonatorId",
        subject ->> 'kind', subject ->> 'id', details, "originDigest", "previousHash", hash
      from given),
    kept as (
      insert into audit_origins (organization_id, id, person_id, salt, ip, user_agent)
      select ${organizationId}, id, (origin ->> 'personId')::uuid, origin ->> 'salt', origin ->> 'ip', origin ->> 'userAgent'
      from given where origin ->> 'salt' is not null and (origin ->> 'personId' is null
        or exists (select from users where users.id = (origin ->> 'personId')::uuid)))
    insert into audit_heads (organization_id, sequence, hash)
    select ${organizationId}, sequence, hash from given order by sequence desc limit 1
    on conflict (organization_id) do update set sequence = excluded.sequence, hash = excluded.hash`)
}

const columns = sql`
  e.organization_id, e.sequence, e.id, e.at, e.action, e.actor_kind, e.actor_id, e.impersonator_id, e.subject_kind,
  e.subject_id, e.details, e.origin_digest, e.previous_hash, e.hash, o.salt, o.ip, o.user_agent`

type EntryRow = {
  organizationId: string
  sequence: number
  id: string
  at: string
  action: string
  actorKind: SealedEntry['actor']['kind']
  actorId: string | null
  impersonatorId: string | null
  subjectKind: string | null
  subjectId: string | null
  details: Record<string, unknown>
  originDigest: string | null
  previousHash: string
  hash: string
  salt: string | null
  ip: string | null
  userAgent: string | null
}

/** An entry as it stands in the chain, and its origin while that is kept. */
export type Entry = SealedEntry & { hash: string; origin: (Origin & { salt: string }) | null }

function entryOf(row: EntryRow): Entry {
  const { actorKind, actorId, subjectKind, subjectId, salt, ip, userAgent, ...entry } = row
  return {
    ...entry,
    actor: { kind: actorKind, id: actorId },
    subject: subjectKind !== null && subjectId !== null ? { kind: subjectKind, id: subjectId } : null,
    origin: salt !== null && ip !== null && userAgent !== null ? { salt, ip, userAgent } : null,
  }
}

/** Read what follows at one moment: a chain that grows meanwhile does not look broken. For an open transaction. */
export async function freeze(tx: Unscoped): Promise<void> {
  await tx.run(sql`set transaction isolation level repeatable read read only`)
}

export function selectOptionalHead(db: Unscoped, organizationId: string) {
  return db.optional<{ sequence: number; hash: string }>(sql`
    select sequence, hash from audit_heads where organization_id = ${organizationId}`)
}

/** Entries in the order of the chain, from after a sequence number. */
export async function selectChain(
  db: Unscoped,
  part: { organizationId: string; after: number; limit: number },
): Promise<Entry[]> {
  const rows = await db.rows<EntryRow>(sql`
    select ${columns} from audit_entries e
    left join audit_origins o on o.organization_id = e.organization_id and o.id = e.id
    where e.organization_id = ${part.organizationId} and e.sequence > ${part.after}
    order by e.sequence limit ${part.limit}`)
  return rows.map(entryOf)
}

export type AuditFilter = {
  action?: string | undefined
  actorId?: string | undefined
  subjectId?: string | undefined
  q?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

function conditions(organizationId: string, filter: AuditFilter): Sql {
  const { action, actorId, subjectId, q, from, until } = filter
  const pattern = q?.trim() ? `%${q.trim().replace(/[\\%_]/g, '\\$&')}%` : null
  // Names are found first, so that entries are compared with a few ids and not joined one by one.
  const named = sql`(select u.id from users u where u.name ilike ${pattern} and exists
    (select from memberships m where m.user_id = u.id and m.organization_id = ${organizationId}))`
  return sql`e.organization_id = ${organizationId}
    ${action ? sql`and (e.action = ${action} or e.action like ${`${action.replace(/[\\%_]/g, '\\$&')}.%`})` : none}
    ${actorId ? sql`and (e.actor_id = ${actorId} or e.impersonator_id = ${actorId})` : none}
    ${subjectId ? sql`and e.subject_id = ${subjectId}` : none}
    ${from ? sql`and e.at >= ${from}` : none}
    ${until ? sql`and e.at < ${until}` : none}
    ${
      pattern === null
        ? none
        : sql`and (e.action ilike ${pattern} or e.details::text ilike ${pattern} or e.subject_id ilike ${pattern}
            or e.actor_id in ${named} or e.impersonator_id in ${named} or e.subject_id in (select n.id::text from ${named} n))`
    }`
}

/** Entries with the names of today, newest first, from before a sequence number. */
export async function selectEntries(
  db: Unscoped,
  query: { organizationId: string; filter: AuditFilter; before: number | null; limit: number },
) {
  const rows = await db.rows<
    EntryRow & {
      actorName: string | null
      impersonatorName: string | null
      subjectName: string | null
      subjectUserAgent: string | null
      subjectDeleted: boolean
    }
  >(sql`
    select ${columns}, coalesce(a.name, c.name) as actor_name, i.name as impersonator_name,
      coalesce(s.name, sc.name, sk.name, si.email, so.name, e.details ->> 'name') as subject_name,
      ss.user_agent as subject_user_agent,
      case e.subject_kind
        when 'person' then s.id is null
        when 'api_key' then sk.id is null
        when 'oauth_client' then sc.id is null
        when 'invitation' then si.id is null
        -- What other services keep: that it was deleted is an entry itself; a quiz goes with its course.
        else exists (
          select from audit_entries d where d.organization_id = e.organization_id
            and ((d.subject_id = e.subject_id and d.action = e.subject_kind || '.deleted')
              or (e.subject_kind = 'quiz' and d.subject_id = e.details ->> 'courseId' and d.action = 'course.deleted')))
      end as subject_deleted
    from (
      select * from audit_entries e where ${conditions(query.organizationId, query.filter)}
        ${query.before === null ? none : sql`and e.sequence < ${query.before}`}
      order by e.sequence desc limit ${query.limit}) e
    left join audit_origins o on o.organization_id = e.organization_id and o.id = e.id
    left join users a on a.id = e.actor_id
    left join oauth_clients c on c.organization_id = e.organization_id and e.actor_kind = 'client' and c.id = e.actor_id
    left join users i on i.id = e.impersonator_id
    left join users s on e.subject_kind = 'person' and s.id::text = e.subject_id
    left join oauth_clients sc on sc.organization_id = e.organization_id
      and e.subject_kind = 'oauth_client' and sc.id::text = e.subject_id
    left join api_keys sk on sk.organization_id = e.organization_id
      and e.subject_kind = 'api_key' and sk.id::text = e.subject_id
    left join sessions ss on ss.organization_id = e.organization_id
      and e.subject_kind = 'session' and ss.id::text = e.subject_id
    left join invitations si on si.organization_id = e.organization_id
      and e.subject_kind = 'invitation' and si.id::text = e.subject_id
    left join organizations so on e.subject_kind = 'organization' and so.id::text = e.subject_id
    order by e.sequence desc`)
  return rows.map(
    ({ actorName, impersonatorName, subjectName, subjectUserAgent, subjectDeleted, ...row }) => ({
      ...entryOf(row),
      actorName,
      impersonatorName,
      // A session is known by its device.
      subjectName: subjectName ?? (subjectUserAgent === null ? null : deviceOf(subjectUserAgent)),
      subjectDeleted,
    }),
  )
}

export type NamedEntry = Awaited<ReturnType<typeof selectEntries>>[number]

export async function deleteOriginsOf(db: Unscoped, personId: string): Promise<void> {
  await db.run(sql`delete from audit_origins where person_id = ${personId}`)
}

/** The number of origins deleted: those kept for longer than so many days. */
export function deleteOldOrigins(db: Unscoped, days: number): Promise<number> {
  return db.run(
    sql`delete from audit_origins where recorded_at < clock_timestamp() - make_interval(days => ${days})`,
  )
}

/** The schools that have a chain, or one of them. */
export function selectSchools(db: Unscoped, slug: string | null) {
  return db.rows<{ id: string; slug: string }>(sql`
    select id, slug from organizations where ${slug}::text is null or slug = ${slug} order by slug`)
}
