import type { Price } from '@azora/contracts/money.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

export type CurrentPrice = Price & { id: string }

export function selectCurrentPrices(db: Queryable, courseId: string): Promise<CurrentPrice[]> {
  return db.rows<CurrentPrice>(sql`
    select id, currency, amount_minor from course_prices
    where organization_id = ${db.organizationId} and course_id = ${courseId} and ended_at is null
    order by currency`)
}

type PastPrice = Price & { from: string; until: string | null; setBy: string | null }

/** Every price that a course has had, the newest first; the last two hundred. */
export function selectPriceHistory(db: Queryable, courseId: string): Promise<PastPrice[]> {
  return db.rows<PastPrice>(sql`
    select currency, amount_minor, created_at as "from", ended_at as until, set_by from course_prices
    where organization_id = ${db.organizationId} and course_id = ${courseId}
    order by created_at desc, currency limit 200`)
}

export async function endPrices(tx: Transaction, priceIds: readonly string[]): Promise<void> {
  await tx.run(sql`
    update course_prices set ended_at = now()
    where organization_id = ${tx.organizationId} and id = any(${[...priceIds]}::uuid[])`)
}

export async function insertPrices(
  tx: Transaction,
  courseId: string,
  prices: readonly Price[],
  setBy: string,
): Promise<void> {
  await tx.run(sql`
    insert into course_prices (id, organization_id, course_id, currency, amount_minor, set_by)
    select id, ${tx.organizationId}::uuid, ${courseId}::uuid, currency, amount_minor, ${setBy}::uuid
    from unnest(${prices.map(() => uuidv7())}::uuid[], ${prices.map(({ currency }) => currency)}::text[],
      ${prices.map(({ amountMinor }) => amountMinor)}::bigint[]) as p (id, currency, amount_minor)`)
}
