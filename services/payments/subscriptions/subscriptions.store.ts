import type { Subscription as State, Status } from '@azora/billing/subscriptions/subscription.ts'
import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

/** A subscription as it is stored. */
export type Stored = {
  id: string
  ownerId: string | null
  ownerName: string
  ownerEmail: string
  planId: string
  planVersion: number
  currency: string
  sandbox: boolean
  state: State
  revision: number
  trialDays: number
}

const columns: Sql = sql`
  s.id, s.owner_id, s.owner_name, s.owner_email, s.plan_id, s.plan_version, s.currency, s.sandbox, s.state, s.revision, s.trial_days`

/** Hold a subscription until the transaction ends: each of its changes begins so. */
export function lockOptionalSubscription(tx: Transaction, id: string): Promise<Stored | null> {
  return tx.optional<Stored>(sql`
    select ${columns} from subscriptions s
    where s.organization_id = ${tx.organizationId} and s.id = ${id} for update`)
}

export function selectOptionalSubscription(db: Queryable, id: string): Promise<Stored | null> {
  return db.optional<Stored>(sql`
    select ${columns} from subscriptions s where s.organization_id = ${db.organizationId} and s.id = ${id}`)
}

/** The one of a person that lives. */
export function selectOptionalLive(db: Queryable, ownerId: string): Promise<Stored | null> {
  return db.optional<Stored>(sql`
    select ${columns} from subscriptions s
    where s.organization_id = ${db.organizationId} and s.owner_id = ${ownerId}
      and s.status not in ('expired', 'cancelled')`)
}

/** The one of a person that lives, or the last one that did begin. */
export function selectOptionalLatest(db: Queryable, ownerId: string): Promise<Stored | null> {
  return db.optional<Stored>(sql`
    select ${columns} from subscriptions s
    where s.organization_id = ${db.organizationId} and s.owner_id = ${ownerId}
    order by s.status in ('expired', 'cancelled'), s.status = 'expired', s.id desc limit 1`)
}

/** Whether somebody has had one that began: a trial is given once. */
export async function hasSubscribedBefore(db: Queryable, ownerId: string): Promise<boolean> {
  const { before } = await db.one<{ before: boolean }>(sql`
    select exists (select from subscriptions
      where organization_id = ${db.organizationId} and owner_id = ${ownerId}
        and status not in ('expired', 'incomplete')) as before`)
  return before
}

/** @returns false where the person has one that lives already. */
export async function insertOptionalSubscription(
  tx: Transaction,
  made: Omit<Stored, 'revision'> & { ownerId: string },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into subscriptions (id, organization_id, owner_id, owner_name, owner_email, plan_id, plan_version, status, currency,
      sandbox, state, trial_days, subscriber_key)
    values (${made.id}, ${tx.organizationId}, ${made.ownerId}, ${made.ownerName}, ${made.ownerEmail}, ${made.planId}, ${made.planVersion},
      ${made.state.status}, ${made.currency}, ${made.sandbox}, ${JSON.stringify(made.state)}::jsonb, ${made.trialDays},
      coalesce((select f.subscriber_key from subscriptions f where f.organization_id = ${tx.organizationId}
        and f.owner_id = ${made.ownerId} order by f.id limit 1), ${made.id}::uuid))
    on conflict (organization_id, owner_id) where status not in ('expired', 'cancelled') do nothing`)
  return inserted === 1
}

/** @param terms the plan and version by which it stands */
export async function updateState(
  tx: Transaction,
  id: string,
  state: State,
  terms: { planId: string; version: number },
  nextDue: string | null,
): Promise<void> {
  await tx.run(sql`
    update subscriptions set state = ${JSON.stringify(state)}::jsonb, status = ${state.status},
      plan_id = ${terms.planId}, plan_version = ${terms.version}, next_due = ${nextDue}, revision = revision + 1
    where organization_id = ${tx.organizationId} and id = ${id}`)
}

type Due = { organizationId: string; id: string; nextDue: string }

/** Those on which something happens by a day, of every school, from a place on: the clocks of schools differ. */
export function selectDue(
  db: Unscoped,
  by: string,
  after: Pick<Due, 'nextDue' | 'id'> | null,
  limit: number,
): Promise<Due[]> {
  return db.rows<Due>(sql`
    select organization_id, id, next_due::text as next_due from subscriptions
    where next_due <= ${by}::date
      and (${after?.nextDue ?? null}::date is null
        or (next_due, id) > (${after?.nextDue ?? null}::date, ${after?.id ?? null}::uuid))
    order by next_due, id limit ${limit}`)
}

type Found = {
  status?: Status | undefined
  planId?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** A page of the school's, the newest first. */
export async function selectSubscriptions(
  db: Queryable,
  { status, planId, cursor, limit }: Found,
): Promise<{ items: Stored[]; nextCursor: string | null }> {
  const rows = await db.rows<Stored>(sql`
    select ${columns} from subscriptions s
    where s.organization_id = ${db.organizationId}
    ${status ? sql`and s.status = ${status}` : none}
    ${planId ? sql`and s.plan_id = ${planId}` : none}
    ${cursor ? sql`and s.id < ${cursor}` : none}
    order by s.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** As a person is called now, and where their mail goes. */
export async function updateOwner(
  tx: Transaction,
  { userId, name, email }: { userId: string; name: string; email: string },
): Promise<void> {
  await tx.run(sql`
    update subscriptions set owner_name = ${name}, owner_email = ${email}
    where organization_id = ${tx.organizationId} and owner_id = ${userId}`)
}

/** How many have each plan. */
export async function countSubscribers(db: Queryable): Promise<Map<string, number>> {
  const rows = await db.rows<{ planId: string; n: number }>(sql`
    select plan_id, count(*) as n from subscriptions
    where organization_id = ${db.organizationId} and status in ('trialing', 'active', 'past_due', 'paused')
    group by plan_id`)
  return new Map(rows.map(({ planId, n }) => [planId, n]))
}
