import type { Price } from '@azora/contracts/money.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

export type BundleStatus = 'draft' | 'offered' | 'retired'

/** What a version of a bundle says. */
export type BundleTerms = {
  title: string
  description: string
  prices: Price[]
  courseIds: string[]
}

export type Bundle = BundleTerms & {
  id: string
  version: number
  status: BundleStatus
  /** In the order of `courseIds`, each with what it costs alone; without those that are gone. */
  courses: { courseId: string; title: string; prices: Price[] }[]
}

/** Columns of `bundles b` and `bundle_versions v`. */
const columns: Sql = sql`
  b.id, v.version, b.status, v.title, v.description, v.prices, v.course_ids,
  coalesce((select json_agg(json_build_object('courseId', c.id, 'title', c.title, 'prices',
      coalesce((select json_agg(json_build_object('amountMinor', p.amount_minor, 'currency', p.currency)
          order by p.currency)
        from course_prices p
        where p.organization_id = c.organization_id and p.course_id = c.id and p.ended_at is null), '[]'))
      order by array_position(v.course_ids, c.id))
    from courses c where c.organization_id = v.organization_id and c.id = any(v.course_ids)), '[]') as courses`

const current: Sql = sql`
  bundles b join bundle_versions v
    on v.organization_id = b.organization_id and v.bundle_id = b.id and v.version = b.version`

export function selectOptionalBundle(db: Queryable, bundleId: string): Promise<Bundle | null> {
  return db.optional<Bundle>(sql`
    select ${columns} from ${current} where b.organization_id = ${db.organizationId} and b.id = ${bundleId}`)
}

export function selectOfferedBundles(db: Queryable, courseId?: string): Promise<Bundle[]> {
  return db.rows<Bundle>(sql`
    select ${columns} from ${current}
    where b.organization_id = ${db.organizationId} and b.status = 'offered'
    ${courseId ? sql`and ${courseId}::uuid = any(v.course_ids)` : none}
    order by v.title, b.id limit 200`)
}

export function selectBundles(db: Queryable): Promise<Bundle[]> {
  return db.rows<Bundle>(sql`
    select ${columns} from ${current} where b.organization_id = ${db.organizationId} order by b.id desc limit 500`)
}

/** How many paid orders there are of each bundle. */
export async function countSold(db: Queryable): Promise<Map<string, number>> {
  const rows = await db.rows<{ bundleId: string; count: number }>(sql`
    select bundle_id, count(*)::int from orders
    where organization_id = ${db.organizationId} and bundle_id is not null and status = 'paid' group by bundle_id`)
  return new Map(rows.map(({ bundleId, count }) => [bundleId, count]))
}

type HeldBundle = { version: number; status: BundleStatus }

/** Hold a bundle until the transaction ends: against those who save it, or also while it is sold. */
export function lockOptionalBundle(
  tx: Transaction,
  bundleId: string,
  to: 'save' | 'sell',
): Promise<HeldBundle | null> {
  return tx.optional<HeldBundle>(sql`
    select version, status from bundles where organization_id = ${tx.organizationId} and id = ${bundleId}
    ${to === 'save' ? sql`for update` : sql`for share`}`)
}

export async function insertBundle(tx: Transaction, bundleId: string): Promise<void> {
  await tx.run(sql`insert into bundles (id, organization_id) values (${bundleId}, ${tx.organizationId})`)
}

export async function insertBundleVersion(
  tx: Transaction,
  { bundleId, version, terms }: { bundleId: string; version: number; terms: BundleTerms },
): Promise<void> {
  await tx.run(sql`
    insert into bundle_versions (organization_id, bundle_id, version, title, description, prices, course_ids)
    values (${tx.organizationId}, ${bundleId}, ${version}, ${terms.title}, ${terms.description},
      ${JSON.stringify(terms.prices)}::jsonb, ${terms.courseIds}::uuid[])`)
  await tx.run(sql`
    update bundles set version = ${version} where organization_id = ${tx.organizationId} and id = ${bundleId}`)
}

export async function updateBundleStatus(
  tx: Transaction,
  bundleId: string,
  status: BundleStatus,
): Promise<void> {
  await tx.run(sql`
    update bundles set status = ${status} where organization_id = ${tx.organizationId} and id = ${bundleId}`)
}

type CoursePrice = { courseId: string; id: string; amountMinor: number }

/** What courses cost now in a currency, alone. One that costs nothing there is not in it. */
export async function selectPricesIn(
  db: Queryable,
  courseIds: readonly string[],
  currency: string,
): Promise<Map<string, CoursePrice>> {
  const rows = await db.rows<CoursePrice>(sql`
    select course_id, id, amount_minor from course_prices
    where organization_id = ${db.organizationId} and course_id = any(${[...courseIds]}::uuid[])
      and currency = ${currency} and ended_at is null`)
  return new Map(rows.map(row => [row.courseId, row]))
}
