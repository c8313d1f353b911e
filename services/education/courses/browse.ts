import { randomUUID } from 'node:crypto'
import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { Cache } from '@azora/kit/cache.ts'
import type { Database, ScopedDatabase } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { RequestContext } from '@azora/kit/http.ts'
import { selectOptionalEnrollment } from '../enrollments/enrollments.store.ts'
import { selectVisitedSchool } from '../organizations/organizations.store.ts'
import { cardOf, selectCatalogue, selectCataloguePage, selectOptionalOverview } from './catalogue.store.ts'
import { selectOutline } from './outline.store.ts'
import type { FoundLesson } from './search.store.ts'

/** The school whose catalogue is asked for: the reader's own, else the one that the address names. */
async function schoolOf(db: Database, context: RequestContext, named: string | undefined): Promise<string> {
  if (context.actor) return context.actor.organizationId
  return (await selectVisitedSchool(db, named ?? context.school)).id
}

type Search = {
  school?: string | undefined
  q?: string | undefined
  category?: string | undefined
  level?: string | undefined
  cursor?: string | undefined
  limit: number
}

// What is cached is dropped when a course changes; this bounds it when a cache could not be told.
const catalogueSeconds = 60

const editionKey = (organizationId: string) => `catalogue-edition:${organizationId}`

/** Make what is cached of a school's catalogue a thing of the past. */
export async function renewCatalogue(cache: Cache, organizationId: string): Promise<void> {
  await cache.set(editionKey(organizationId), randomUUID(), 24 * 60 * 60)
}

type Stores = { db: Database; cache: Cache }

/** The catalogue with its sum and its categories. */
export const browseCatalogue = (stores: Stores, context: RequestContext, search: Search) =>
  throughCache(stores, context, 'catalogue', search, selectCatalogue)

/** A page of the catalogue alone. */
export const browseCataloguePage = (stores: Stores, context: RequestContext, search: Search) =>
  throughCache(stores, context, 'catalogue-page', search, selectCataloguePage)

// The catalogue is the same for everybody in a school, so it is read once for all who ask at the same time.
async function throughCache<T extends { items: Found[] }>(
  { db, cache }: Stores,
  context: RequestContext,
  name: string,
  { school, ...search }: Search,
  select: (db: ScopedDatabase, organizationId: string, search: Search) => Promise<T>,
): Promise<T> {
  const organizationId = await schoolOf(db, context, school)
  const edition = (await cache.get<string>(editionKey(organizationId))) ?? ''
  const key = `${name}:${organizationId}:${edition}:${JSON.stringify(search)}`
  const known = await cache.get<T>(key)
  if (known) return shownTo(context, known)
  const found = await select(db.in(organizationId), organizationId, search)
  await cache.set(key, found, catalogueSeconds)
  return shownTo(context, found)
}

type Found = { foundLessons: FoundLesson[] }

/** Members may enrol whenever they like and read it all; a visitor sees which lessons match, not what they say. */
function shownTo<T extends { items: Found[] }>({ actor }: RequestContext, page: T): T {
  if (actor) return page
  const items = page.items.map(item => ({
    ...item,
    foundLessons: item.foundLessons.map(lesson => ({ ...lesson, snippet: [] })),
  }))
  return { ...page, items }
}

/**
 * A course as its public page shows it. A draft is there for its author alone; an archived one for who is in it.
 * @throws AppError `not_found`.
 */
export async function viewCourse(
  db: Database,
  context: RequestContext,
  { course, school: named }: { course: string; school?: string | undefined },
) {
  const organizationId = await schoolOf(db, context, named)
  const school = db.in(organizationId)
  const row = await selectOptionalOverview(school, organizationId, course)
  if (!row) throw new AppError('not_found')
  const { actor } = context
  const enrolled = actor !== null && (await selectOptionalEnrollment(school, actor.userId, row.id)) !== null
  if (row.status !== 'published' && !enrolled && !(actor && authorsCourse(actor, row)))
    throw new AppError('not_found')
  return { ...cardOf(row), enrolled, modules: await selectOutline(school, row.id) }
}
