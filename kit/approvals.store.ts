import type { Queryable, Transaction } from './db.ts'
import { sql } from './sql.ts'

export type Approval = {
  id: string
  kind: string
  about: string
  details: Record<string, unknown>
  requestedBy: string
  approversNeeded: number
  state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired'
  requestedAt: string
  expiresAt: string
  decidedAt: string | null
  usedAt: string | null
}

const columns = sql`
  id, kind, subject as about, details, requested_by, approvers_needed, state, requested_at, expires_at, decided_at, used_at`

/** Of such requests there is one about one thing; the words are those of the unique index. */
const isOpen = sql`state = 'waiting' or (state = 'approved' and used_at is null)`

/** Close what is open about one thing after its time, so that it can be asked for again. */
export function expireApprovals(tx: Transaction, { kind, about }: { kind: string; about: string }) {
  return tx.rows<Approval>(sql`
    update approvals set state = 'expired', decided_at = coalesce(decided_at, clock_timestamp())
    where organization_id = ${tx.organizationId} and kind = ${kind} and subject = ${about}
      and (${isOpen}) and expires_at <= clock_timestamp() returning ${columns}`)
}

/** Null while another request about the same is open. */
export function insertApproval(
  tx: Transaction,
  row: {
    id: string
    kind: string
    about: string
    details: Record<string, unknown>
    requestedBy: string
    approvers: number
    hours: number
  },
): Promise<Approval | null> {
  return tx.optional<Approval>(sql`
    insert into approvals (id, organization_id, kind, subject, details, requested_by, approvers_needed, expires_at)
    values (${row.id}, ${tx.organizationId}, ${row.kind}, ${row.about}, ${JSON.stringify(row.details)}::jsonb,
      ${row.requestedBy}, ${row.approvers}, clock_timestamp() + make_interval(hours => ${row.hours}::int))
    on conflict (organization_id, kind, subject) where ${isOpen} do nothing
    returning ${columns}`)
}

export function lockOptionalApproval(tx: Transaction, id: string) {
  return tx.optional<Approval & { expired: boolean }>(sql`
    select ${columns}, expires_at <= clock_timestamp() as expired from approvals
    where organization_id = ${tx.organizationId} and id = ${id} for update`)
}

/** Count a vote. @returns how many approve by now; null for who voted before. The approval is locked. */
export async function insertVote(
  tx: Transaction,
  { id, requestedBy }: Pick<Approval, 'id' | 'requestedBy'>,
  { personId, approves }: { personId: string; approves: boolean },
): Promise<number | null> {
  const made = await tx.run(sql`
    insert into approval_votes (organization_id, approval_id, requested_by, person_id, approves)
    values (${tx.organizationId}, ${id}, ${requestedBy}, ${personId}, ${approves})
    on conflict (approval_id, person_id) do nothing`)
  if (made === 0) return null
  const { given } = await tx.one<{ given: number }>(sql`
    select count(*) filter (where approves) as given from approval_votes
    where organization_id = ${tx.organizationId} and approval_id = ${id}`)
  return given
}

export function settle(tx: Transaction, id: string, state: Exclude<Approval['state'], 'waiting'>) {
  return tx.one<Approval>(sql`
    update approvals set state = ${state}, decided_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and id = ${id} and state = 'waiting' returning ${columns}`)
}

export function spend(tx: Transaction, id: string) {
  return tx.one<Approval>(sql`
    update approvals set used_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and id = ${id} and state = 'approved' and used_at is null
    returning ${columns}`)
}

/** Approvals of a kind in a school, the newest first, before the one of that id. */
export function selectApprovals(
  db: Queryable,
  which: { organizationId: string; kind: string; before: string | null; limit: number },
) {
  return db.rows<Approval>(sql`
    select ${columns} from approvals
    where organization_id = ${which.organizationId} and kind = ${which.kind}
      and (${which.before}::uuid is null or id < ${which.before})
    order by id desc limit ${which.limit}`)
}

/** Who approved and who refused, in order. */
export function selectVotes(db: Queryable, organizationId: string, approvalId: string) {
  return db.rows<{ personId: string; approves: boolean; votedAt: string }>(sql`
    select person_id, approves, voted_at from approval_votes
    where organization_id = ${organizationId} and approval_id = ${approvalId} order by voted_at, person_id`)
}
