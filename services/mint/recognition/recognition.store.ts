import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What was paid for some days of service, without tax, and what of it is earned. */
export type Schedule = {
  billId: string
  part: number
  currency: string
  amountMinor: number
  serviceFrom: string
  serviceUntil: string
  earnedMinor: number
}

export type NewSchedule = Omit<Schedule, 'earnedMinor'> & { subscriptionId: string }

/**
 * Give back, or take again, what is still owed of a bill as service, over the days that are left.
 * @param cutFor the refund or dispute for which it is done
 */
export async function insertCuts(
  tx: Transaction,
  cutFor: string,
  cuts: readonly NewSchedule[],
): Promise<void> {
  await insertSchedules(tx, cuts)
  await tx.run(sql`
    update recognition_schedules s set cut_for = ${cutFor}
    from unnest(${cuts.map(one => one.billId)}::uuid[], ${cuts.map(one => one.part)}::int[]) as c (bill_id, part)
    where s.organization_id = ${tx.organizationId} and s.bill_id = c.bill_id and s.part = c.part`)
}

export type BilledSchedule = Schedule & { subscriptionId: string; earnedUntil: string; cutFor: string | null }

/** All of a bill, held until the transaction ends: nobody recognises any of it meanwhile. */
export function lockSchedulesOf(tx: Transaction, billId: string): Promise<BilledSchedule[]> {
  return tx.rows<BilledSchedule>(sql`
    select bill_id, part, subscription_id, currency, amount_minor, service_from::text as service_from,
      service_until::text as service_until, earned_minor, earned_until::text as earned_until, cut_for
    from recognition_schedules
    where organization_id = ${tx.organizationId} and bill_id = ${billId} order by part for update`)
}

/** The one that there is stays. */
export async function insertSchedules(tx: Transaction, schedules: readonly NewSchedule[]): Promise<void> {
  await tx.run(sql`
    insert into recognition_schedules (organization_id, bill_id, part, subscription_id, currency, amount_minor,
      service_from, service_until, earned_until)
    select ${tx.organizationId}::uuid, s.bill_id, s.part, s.subscription_id, s.currency, s.amount_minor, s.service_from,
      s.service_until, s.service_from
    from unnest(${schedules.map(one => one.billId)}::uuid[], ${schedules.map(one => one.part)}::int[],
      ${schedules.map(one => one.subscriptionId)}::uuid[], ${schedules.map(one => one.currency)}::text[],
      ${schedules.map(one => one.amountMinor)}::bigint[], ${schedules.map(one => one.serviceFrom)}::date[],
      ${schedules.map(one => one.serviceUntil)}::date[])
      as s (bill_id, part, subscription_id, currency, amount_minor, service_from, service_until)
    on conflict (bill_id, part) do nothing`)
}

/** The schools with something that may be earned by a day. */
export async function selectSchoolsToRecognise(db: Unscoped, day: string): Promise<string[]> {
  const rows = await db.rows<{ organizationId: string }>(sql`
    select distinct organization_id from recognition_schedules
    where (earned_until < service_until or earned_minor <> amount_minor) and earned_until < ${day}::date`)
  return rows.map(({ organizationId }) => organizationId)
}

/** Some of those with days that are over by a day, held until the transaction ends; others that recognise pass them over. */
export function lockSchedules(tx: Transaction, day: string, limit: number): Promise<Schedule[]> {
  return tx.rows<Schedule>(sql`
    select bill_id, part, currency, amount_minor, service_from::text as service_from,
      service_until::text as service_until, earned_minor
    from recognition_schedules
    where organization_id = ${tx.organizationId} and earned_until < ${day}::date
      and (earned_until < service_until or earned_minor <> amount_minor)
    order by bill_id, part limit ${limit} for update skip locked`)
}

/** @param day the first of which nothing is earned */
export async function updateEarned(
  tx: Transaction,
  earned: readonly { billId: string; part: number; earnedMinor: number }[],
  day: string,
): Promise<void> {
  await tx.run(sql`
    update recognition_schedules s
    set earned_minor = e.earned_minor, earned_until = ${day}::date
    from unnest(${earned.map(one => one.billId)}::uuid[], ${earned.map(one => one.part)}::int[],
      ${earned.map(one => one.earnedMinor)}::bigint[]) as e (bill_id, part, earned_minor)
    where s.organization_id = ${tx.organizationId} and s.bill_id = e.bill_id and s.part = e.part`)
}

/** What is still owed to customers as service, by currency. */
export function selectDeferred(db: Queryable): Promise<{ currency: string; deferredMinor: number }[]> {
  return db.rows<{ currency: string; deferredMinor: number }>(sql`
    select currency, sum(amount_minor - earned_minor)::bigint as deferred_minor from recognition_schedules
    where organization_id = ${db.organizationId} group by currency order by currency`)
}
