import type { MrrHistory } from '@azora/billing/analytics/mrr.ts'
import type { Interval } from '@azora/billing/calendar/interval.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What a subscription comes to from a day on. */
export type Moment = {
  onDay: string
  status: string
  planId: string
  planVersion: number
  currency: string
  agreedMinor: number
  /** Without tax; null while it does not pay. */
  netMinor: number | null
  unit: Interval['unit']
  count: number
}

const columns = sql`h.on_day::text as on_day, h.status, h.plan_id, h.plan_version, h.currency, h.agreed_minor, h.net_minor,
  h.interval_unit as unit, h.interval_count as count`

export function selectMoments(db: Queryable, subscriptionId: string): Promise<Moment[]> {
  return db.rows<Moment>(sql`
    select ${columns} from subscription_history h
    where h.organization_id = ${db.organizationId} and h.subscription_id = ${subscriptionId} order by h.position`)
}

/** The caller holds the subscription. */
export async function insertMoment(tx: Transaction, subscriptionId: string, moment: Moment): Promise<void> {
  await tx.run(sql`
    insert into subscription_history (organization_id, subscription_id, position, on_day, status, plan_id, plan_version,
      currency, agreed_minor, net_minor, interval_unit, interval_count)
    select ${tx.organizationId}::uuid, ${subscriptionId}::uuid, coalesce(max(h.position), 0) + 1,
      greatest(${moment.onDay}::date, max(h.on_day)), ${moment.status}, ${moment.planId}::uuid, ${moment.planVersion}::int,
      ${moment.currency}, ${moment.agreedMinor}::bigint, ${moment.netMinor}::bigint, ${moment.unit}, ${moment.count}::int
    from subscription_history h
    where h.organization_id = ${tx.organizationId} and h.subscription_id = ${subscriptionId}`)
}

/** In which currencies anybody ever subscribed: in the sandbox, or outside it. */
export async function selectCurrenciesOfHistories(db: Queryable, sandbox: boolean): Promise<string[]> {
  const rows = await db.rows<{ currency: string }>(sql`
    select distinct h.currency from subscription_history h
    join subscriptions s on s.organization_id = h.organization_id and s.id = h.subscription_id
    where h.organization_id = ${db.organizationId} and s.sandbox = ${sandbox} order by h.currency`)
  return rows.map(({ currency }) => currency)
}

/** All subscriptions of the school that were ever in one of the currencies: those of the sandbox, or the others. */
export async function selectHistories(
  db: Queryable,
  { currencies, sandbox }: { currencies: string[]; sandbox: boolean },
): Promise<MrrHistory[]> {
  const rows = await db.rows<Moment & { id: string; customer: string }>(sql`
    select ${columns}, s.id, s.subscriber_key as customer
    from subscription_history h
    join subscriptions s on s.organization_id = h.organization_id and s.id = h.subscription_id
    where h.organization_id = ${db.organizationId} and s.sandbox = ${sandbox} and h.currency = any(${currencies}::text[])
    order by h.subscription_id, h.position`)
  return [...Map.groupBy(rows, ({ id }) => id).values()].map(moments => ({
    customer: moments[0]?.customer ?? '',
    changes: moments.map(({ onDay, netMinor, currency, unit, count }) => ({
      on: onDay,
      price: netMinor === null ? null : { amountMinor: netMinor, currency },
      interval: { unit, count },
    })),
  }))
}
