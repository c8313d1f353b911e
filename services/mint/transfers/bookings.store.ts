import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { BookingEntry } from './entry.ts'

type StoredBooking = Omit<BookingEntry, 'bookedAt'> & { bookedAt: string }

export async function selectBookings(db: Queryable, ids: readonly string[]): Promise<BookingEntry[]> {
  const rows = await db.rows<StoredBooking>(sql`
    select id, kind, description, reference_type, reference_id, split_rule_id, split_version, created_by, booked_at
    from bookings where organization_id = ${db.organizationId} and id = any(${ids}::uuid[])`)
  return rows.map(row => ({ ...row, bookedAt: new Date(row.bookedAt) }))
}

/** @throws a unique violation when an id is taken. */
export async function insertBookings(tx: Transaction, bookings: readonly BookingEntry[]): Promise<void> {
  const of = (name: keyof BookingEntry) => bookings.map(booking => booking[name])
  await tx.run(sql`
    insert into bookings (organization_id, id, kind, description, reference_type, reference_id, split_rule_id, split_version,
      created_by, booked_at)
    select ${tx.organizationId}::uuid, * from unnest(${of('id')}::uuid[], ${of('kind')}::text[],
      ${of('description')}::text[], ${of('referenceType')}::text[], ${of('referenceId')}::text[],
      ${of('splitRuleId')}::uuid[], ${of('splitVersion')}::int[], ${of('createdBy')}::uuid[],
      ${of('bookedAt')}::timestamptz[])`)
}
