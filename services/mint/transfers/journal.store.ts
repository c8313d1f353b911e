import type { AccountKind } from '@azora/contracts/mint/account-kinds.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'
import { type StoredTransfer as Stored, transferColumns } from './transfers.store.ts'

/** A transfer, with what kinds of account it is between. */
export type StoredTransfer = Stored & { debitKind: AccountKind; creditKind: AccountKind }

const columns = sql`${transferColumns},
  (select a.kind from accounts a where a.organization_id = t.organization_id and a.id = t.debit_account_id) as debit_kind,
  (select a.kind from accounts a where a.organization_id = t.organization_id and a.id = t.credit_account_id) as credit_kind`

export type JournalFilter = {
  accountId?: string | undefined
  kind?: string | undefined
  currency?: string | undefined
  referenceType?: string | undefined
  referenceId?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

/** Newest first, before a place in the journal. */
export function selectTransfers(
  db: Queryable,
  { before, limit, ...filter }: JournalFilter & { before: number | null; limit: number },
): Promise<StoredTransfer[]> {
  const { accountId, kind, currency, referenceType, referenceId, from, until } = filter
  const ofAccount = accountId
    ? sql`and (t.debit_account_id = ${accountId} or t.credit_account_id = ${accountId})`
    : none
  const ofReference = referenceType ? sql`and t.reference_type = ${referenceType}` : none
  return db.rows<StoredTransfer>(sql`
    select ${columns} from transfers t where t.organization_id = ${db.organizationId} ${ofAccount} ${ofReference}
      and (${referenceId ?? null}::text is null or t.reference_id = ${referenceId ?? null})
      and (${kind ?? null}::text is null or t.kind = ${kind ?? null})
      and (${currency ?? null}::text is null or t.currency = ${currency ?? null})
      and (${from ?? null}::timestamptz is null or t.booked_at >= ${from ?? null})
      and (${until ?? null}::timestamptz is null or t.booked_at < ${until ?? null})
      and (${before}::bigint is null or t.sequence < ${before}::bigint)
    order by t.sequence desc limit ${limit}`)
}

export function selectOptionalTransfer(db: Queryable, id: string): Promise<StoredTransfer | null> {
  return db.optional<StoredTransfer>(sql`
    select ${columns} from transfers t where t.organization_id = ${db.organizationId} and t.id = ${id}`)
}

// A booking has no more than a request may hold.
const mostRelated = 1000

/** What a transfer resolves or corrects, what resolves or corrects it, and the rest of its booking; in their order. */
export function selectRelated(
  db: Queryable,
  { id, pendingId, correctsId, bookingId }: StoredTransfer,
): Promise<StoredTransfer[]> {
  return db.rows<StoredTransfer>(sql`
    select ${columns} from transfers t where t.organization_id = ${db.organizationId} and t.id <> ${id}
      and (t.id = any(${[pendingId, correctsId].filter(one => one !== null)}::uuid[])
        or t.pending_id = ${id} or t.corrects_id = ${id} or t.booking_id = ${bookingId}::uuid)
    order by t.sequence limit ${mostRelated}`)
}

export function selectOfBooking(db: Queryable, bookingId: string): Promise<StoredTransfer[]> {
  return db.rows<StoredTransfer>(sql`
    select ${columns} from transfers t
    where t.organization_id = ${db.organizationId} and t.booking_id = ${bookingId} order by t.sequence`)
}
