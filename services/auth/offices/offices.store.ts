import type { Office } from '@azora/contracts/offices.ts'
import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'
import type { Place } from '../list-cursor.ts'

/** What the member of a membership `m` holds now. Their order is that of the contracts, so it is not asked for. */
export const heldOffices = sql`array(select h.office from offices_held h
  where h.organization_id = m.organization_id and h.user_id = m.user_id and h.ended_at is null)`

type Key = { userId: string; office: Office }

/** False when the member holds it already. */
export async function insertOffice(
  tx: Queryable,
  row: Key & { id: string; givenBy: string | null },
): Promise<boolean> {
  const given = await tx.run(sql`
    insert into offices_held (id, organization_id, user_id, office, given_by)
    values (${row.id}, ${tx.organizationId}, ${row.userId}, ${row.office}, ${row.givenBy})
    on conflict (organization_id, user_id, office) where ended_at is null do nothing`)
  return given === 1
}

/** End one office of a member, or all of them. @returns those that ended. */
export async function endOffices(
  tx: Queryable,
  { userId, office, endedBy }: { userId: string; office?: Office; endedBy: string },
): Promise<Office[]> {
  const rows = await tx.rows<{ office: Office }>(sql`
    update offices_held set ended_at = greatest(clock_timestamp(), given_at), ended_by = ${endedBy}
    where organization_id = ${tx.organizationId} and user_id = ${userId} and ended_at is null
    ${office === undefined ? none : sql`and office = ${office}`} returning office`)
  return rows.map(row => row.office)
}

export async function selectHeldOffices(db: Queryable, userId: string): Promise<Office[]> {
  const rows = await db.rows<{ office: Office }>(sql`
    select office from offices_held
    where organization_id = ${db.organizationId} and user_id = ${userId} and ended_at is null order by given_at`)
  return rows.map(row => row.office)
}

type Known = { id: string; name: string }

/** Once that someone held an office. Times are ISO 8601; `endedAt` is null while they hold it. */
export type OfficeHeld = {
  id: string
  office: Office
  person: Known
  givenBy: Known | null
  createdAt: string
  endedBy: Known | null
  endedAt: string | null
}

export async function selectOfficesHeld(
  db: Unscoped,
  query: {
    organizationId: string
    office: Office | null
    userId: string | null
    now: boolean
    before: Place | null
    limit: number
  },
): Promise<OfficeHeld[]> {
  const { office, userId, before } = query
  return db.rows<OfficeHeld>(sql`
    select h.id, h.office, h.given_at as created_at, h.ended_at,
      json_build_object('id', u.id, 'name', u.name) as person,
      case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end as given_by,
      case when e.id is not null then json_build_object('id', e.id, 'name', e.name) end as ended_by
    from offices_held h join users u on u.id = h.user_id
    left join users g on g.id = h.given_by left join users e on e.id = h.ended_by
    where h.organization_id = ${query.organizationId}
    ${office === null ? none : sql`and h.office = ${office}`}
    ${userId === null ? none : sql`and h.user_id = ${userId}`}
    ${query.now ? sql`and h.ended_at is null` : none}
    ${before === null ? none : sql`and (h.given_at, h.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`}
    order by h.given_at desc, h.id desc limit ${query.limit}`)
}
