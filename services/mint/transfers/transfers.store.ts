import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { arrayText } from './array-text.ts'
import type { Entry } from './entry.ts'
import type { Phase } from './order.ts'

/** A transfer as it is stored; the amounts are decimal strings. */
export type StoredTransfer = Omit<Entry, 'amount' | 'released' | 'expiresAt' | 'bookedAt'> & {
  sequence: number
  amount: string
  released: string
  expiresAt: string | null
  bookedAt: string
}

export const transferColumns = sql`t.id, t.sequence, t.phase, t.debit_account_id, t.credit_account_id, t.amount::text as amount,
  t.released::text as released, t.currency, t.kind, t.pending_id, t.expires_at, t.booking_id, t.corrects_id, t.reference_type,
  t.reference_id, t.description, t.created_by, t.booked_at`

const entryOf = ({ sequence: _, ...stored }: StoredTransfer): Entry => ({
  ...stored,
  amount: BigInt(stored.amount),
  released: BigInt(stored.released),
  expiresAt: stored.expiresAt === null ? null : new Date(stored.expiresAt),
  bookedAt: new Date(stored.bookedAt),
})

export async function selectEntries(db: Queryable, ids: readonly string[]): Promise<Entry[]> {
  const rows = await db.rows<StoredTransfer>(sql`
    select ${transferColumns} from transfers t
    where t.organization_id = ${db.organizationId} and t.id = any(${ids}::uuid[])`)
  return rows.map(entryOf)
}

/** How pending transfers were resolved. */
export function selectResolutions(
  db: Queryable,
  pendingIds: readonly string[],
): Promise<{ pendingId: string; phase: Phase }[]> {
  return db.rows(sql`
    select pending_id, phase from transfers
    where organization_id = ${db.organizationId} and pending_id = any(${pendingIds}::uuid[])`)
}

/** The same for every time of a statement, unlike the start of the transaction, which may have waited since. */
export async function selectNow(tx: Transaction): Promise<Date> {
  const { now } = await tx.one<{ now: string }>(sql`select clock_timestamp() as now`)
  return new Date(now)
}

/**
 * Told to the one who seals the journal: while this transaction is open, a transfer of the school may still appear under
 * a number that is lower than one that is there. Taken before any number is.
 */
export function markWriting(tx: Transaction): void {
  tx.send(
    sql`select pg_advisory_xact_lock_shared(hashtextextended('azora ledger ' || ${tx.organizationId}::text, 0))`,
  )
}

const timeText = (time: Date | null) => (time === null ? null : time.toISOString())

/** In their order. @throws a unique violation when an id is taken. */
export async function insertEntries(tx: Transaction, entries: readonly Entry[]): Promise<void> {
  const of = (text: (entry: Entry) => string | null) => arrayText(entries.map(text))
  await tx.run(sql`
    insert into transfers (organization_id, id, phase, debit_account_id, credit_account_id, amount, released, currency, kind,
      pending_id, expires_at, booking_id, corrects_id, reference_type, reference_id, description, created_by, booked_at)
    select ${tx.organizationId}::uuid, * from unnest(${of(entry => entry.id)}::uuid[],
      ${of(entry => entry.phase)}::text[], ${of(entry => entry.debitAccountId)}::uuid[],
      ${of(entry => entry.creditAccountId)}::uuid[], ${of(entry => String(entry.amount))}::bigint[],
      ${of(entry => String(entry.released))}::bigint[], ${of(entry => entry.currency)}::text[],
      ${of(entry => entry.kind)}::text[], ${of(entry => entry.pendingId)}::uuid[],
      ${of(entry => timeText(entry.expiresAt))}::timestamptz[], ${of(entry => entry.bookingId)}::uuid[],
      ${of(entry => entry.correctsId)}::uuid[], ${of(entry => entry.referenceType)}::text[],
      ${of(entry => entry.referenceId)}::text[], ${of(entry => entry.description)}::text[],
      ${of(entry => entry.createdBy)}::uuid[], ${of(entry => timeText(entry.bookedAt))}::timestamptz[])`)
}

export async function insertExpiries(tx: Transaction, entries: readonly Entry[]): Promise<void> {
  await tx.run(sql`
    insert into pending_expiries (organization_id, transfer_id, expires_at)
    select ${tx.organizationId}::uuid, * from unnest(${arrayText(entries.map(entry => entry.id))}::uuid[],
      ${arrayText(entries.map(entry => timeText(entry.expiresAt)))}::timestamptz[])`)
}

export async function deleteExpiries(tx: Transaction, pendingIds: readonly string[]): Promise<void> {
  await tx.run(sql`
    delete from pending_expiries
    where organization_id = ${tx.organizationId} and transfer_id = any(${pendingIds}::uuid[])`)
}
