import type { Price } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What a course costs from now on, unless something later is known. @returns whether it is new. */
export async function updatePrices(
  tx: Transaction,
  { courseId, revision, prices }: { courseId: string; revision: number; prices: readonly Price[] },
): Promise<boolean> {
  const changed = await tx.run(sql`
    update courses set prices = ${JSON.stringify(prices)}::jsonb, price_revision = ${revision}
    where organization_id = ${tx.organizationId} and id = ${courseId} and price_revision < ${revision}`)
  return changed === 1
}

export async function isFree(tx: Transaction, courseId: string): Promise<boolean> {
  const { free } = await tx.one<{ free: boolean }>(sql`
    select prices = '[]' as free from courses
    where organization_id = ${tx.organizationId} and id = ${courseId}`)
  return free
}

/** Whether the course has, or ever had, a price. */
export async function wasSold(tx: Transaction, courseId: string): Promise<boolean> {
  const { sold } = await tx.one<{ sold: boolean }>(sql`
    select price_revision > 0 as sold from courses
    where organization_id = ${tx.organizationId} and id = ${courseId}`)
  return sold
}
