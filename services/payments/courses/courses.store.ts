import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

type TaxCategory = 'standard' | 'zero_rated' | 'exempt'

export type Course = { id: string; instructorId: string; title: string }

/** @param asOf when this was so, as ISO 8601: what is known from later stays. */
export async function upsertCourse(db: Queryable, course: Course, asOf: string): Promise<void> {
  await db.run(sql`
    insert into courses (id, organization_id, instructor_id, title, as_of)
    values (${course.id}, ${db.organizationId}, ${course.instructorId}, ${course.title}, ${asOf})
    on conflict (id) do update set
      instructor_id = excluded.instructor_id, title = excluded.title, as_of = excluded.as_of
    where courses.organization_id = excluded.organization_id and courses.as_of <= excluded.as_of`)
}

/** A course was deleted before anyone learned in it, so its prices are of no use to anyone. */
export async function deleteCourse(db: Queryable, courseId: string): Promise<void> {
  await db.run(sql`delete from courses where organization_id = ${db.organizationId} and id = ${courseId}`)
}

/** What a course is called; null where it is not known. */
export async function selectOptionalTitle(db: Queryable, courseId: string): Promise<string | null> {
  const row = await db.optional<{ title: string }>(sql`
    select title from courses where organization_id = ${db.organizationId} and id = ${courseId}`)
  return row?.title ?? null
}

/** Count one more change of its prices; others who change them wait until this transaction has ended. */
export async function countPriceChange(tx: Transaction, courseId: string): Promise<number> {
  const { priceRevision } = await tx.one<{ priceRevision: number }>(sql`
    update courses set price_revision = price_revision + 1
    where organization_id = ${tx.organizationId} and id = ${courseId} returning price_revision`)
  return priceRevision
}

/** How courses are taxed. One of which nothing is said is not in it. */
export async function selectTaxCategories(
  db: Queryable,
  courseIds: readonly string[],
): Promise<Map<string, TaxCategory>> {
  const rows = await db.rows<{ id: string; taxCategory: TaxCategory }>(sql`
    select id, tax_category from courses
    where organization_id = ${db.organizationId} and id = any(${[...courseIds]}::uuid[])`)
  return new Map(rows.map(({ id, taxCategory }) => [id, taxCategory]))
}

/** @returns the course as it is called; null where it is not known. */
export async function updateTaxCategory(
  tx: Transaction,
  courseId: string,
  category: TaxCategory,
): Promise<string | null> {
  const row = await tx.optional<{ title: string }>(sql`
    update courses set tax_category = ${category}
    where organization_id = ${tx.organizationId} and id = ${courseId} returning title`)
  return row?.title ?? null
}

type CourseTax = { courseId: string; title: string; category: TaxCategory }

/** A page of the courses that have, or had, a price, the newest first. */
export async function selectCourseTaxes(
  db: Queryable,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: CourseTax[]; nextCursor: string | null }> {
  const rows = await db.rows<CourseTax>(sql`
    select c.id as course_id, c.title, c.tax_category as category from courses c
    where c.organization_id = ${db.organizationId} and c.price_revision > 0
      and (${cursor ?? null}::uuid is null or c.id < ${cursor ?? null}::uuid)
    order by c.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.courseId ?? null) : null }
}
