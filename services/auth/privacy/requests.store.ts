import type { Queryable } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'
import type { Place } from '../list-cursor.ts'
import { graceDays } from './deletion.ts'

/** What a member of a school has asked for about their data. Times are ISO 8601. */
export type PrivacyRequest = {
  id: string
  kind: 'export' | 'deletion'
  person: { id: string; name: string }
  /** Of an export, how far it is; a deletion waits until it can no longer be undone. */
  status: 'gathering' | 'ready' | 'expired' | 'waiting'
  /** Of so many services as have something of the person in this school, so many have reported. */
  partsDone: number
  partsTotal: number
  createdAt: string
  /** When an export is removed, or the account erased; null while an export is gathered. */
  endsAt: string | null
}

/** The requests of the school's members that are still there, the latest first. */
export function selectPrivacyRequests(
  db: Queryable,
  { before, limit }: { before: Place | null; limit: number },
): Promise<PrivacyRequest[]> {
  return db.rows<PrivacyRequest>(sql`
    select r.* from (
      select e.id, 'export' as kind, json_build_object('id', u.id, 'name', u.name) as person, e.status,
        (select count(*) from data_export_parts p where p.export_id = e.id
          and p.organization_id = m.organization_id and p.files is not null) as parts_done,
        (select count(*) from data_export_parts p where p.export_id = e.id
          and p.organization_id = m.organization_id) as parts_total,
        e.requested_at as created_at, e.expires_at as ends_at
      from memberships m join users u on u.id = m.user_id join data_exports e on e.user_id = u.id
      where m.organization_id = ${db.organizationId}
      union all
      select u.id, 'deletion', json_build_object('id', u.id, 'name', u.name), 'waiting', 0, 0,
        date_trunc('milliseconds', u.deletes_at - make_interval(days => ${graceDays})), u.deletes_at
      from memberships m join users u on u.id = m.user_id
      where m.organization_id = ${db.organizationId} and u.deletes_at is not null) r
    ${before === null ? none : sql`where (r.created_at, r.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`}
    order by r.created_at desc, r.id desc limit ${limit}`)
}
