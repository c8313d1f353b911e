import { randomUUID } from 'node:crypto'
import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { Price } from '@azora/contracts/money.ts'
import type { Cache } from '@azora/kit/cache.ts'
import type { Database, ScopedDatabase } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Logger } from '@azora/kit/log.ts'
import { hasEndedEnrollment, selectOptionalEnrollment } from '../enrollments/enrollments.store.ts'
import { selectVisitedSchool } from '../organizations/organizations.store.ts'
import { cardOf, selectCatalogue, selectCataloguePage, selectOptionalOverview } from './catalogue.store.ts'
import { selectOptionalCourse } from './course-access.ts'
import { mayAskAccess, mayView } from './course-rules.ts'
import { selectOutline } from './outline.store.ts'
import type { FoundLesson } from './search.store.ts'

/** Who looks: a member, or a visitor without an account, with the school that the address names. */
type Reader = { actor: Actor | null; school: string | null }

/** The school whose catalogue is asked for: the reader's own, else the one that is named. */
async function schoolOf(db: Database, reader: Reader, named: string | undefined): Promise<string> {
  if (reader.actor) return reader.actor.organizationId
  return (await selectVisitedSchool(db, named ?? reader.school)).id
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

/** The same where nobody waits for it. */
export function renewSoon({ cache, log }: { cache: Cache; log: Logger }, organizationId: string): void {
  renewCatalogue(cache, organizationId).catch(failure =>
    log.warn('The catalogue stays as it was a little longer', { failure }),
  )
}

type Stores = { db: Database; cache: Cache }

/** The catalogue with its sum and its categories. */
export const browseCatalogue = (stores: Stores, reader: Reader, search: Search) =>
  throughCache(stores, reader, 'priced-catalogue', search, selectCatalogue)

/** A page of the catalogue alone. */
export const browseCataloguePage = (stores: Stores, reader: Reader, search: Search) =>
  throughCache(stores, reader, 'priced-catalogue-page', search, selectCataloguePage)

// The catalogue is the same for everybody in a school, so it is read once for all who ask at the same time.
async function throughCache<T extends { items: Found[] }>(
  { db, cache }: Stores,
  reader: Reader,
  name: string,
  { school, ...search }: Search,
  select: (db: ScopedDatabase, organizationId: string, search: Search) => Promise<T>,
): Promise<T> {
  const organizationId = await schoolOf(db, reader, school)
  const edition = (await cache.get<string>(editionKey(organizationId))) ?? ''
  const key = `${name}:${organizationId}:${edition}:${JSON.stringify(search)}`
  const known = await cache.get<T>(key)
  if (known) return shownTo(reader, known)
  const found = await select(db.in(organizationId), organizationId, search)
  await cache.set(key, found, catalogueSeconds)
  return shownTo(reader, found)
}

type Found = { foundLessons: FoundLesson[]; prices: Price[] }

/**
 * Members may enrol in what is free whenever they like and read it all. A visitor sees which lessons match, not what they
 * say, and of what is sold so does everybody.
 */
function shownTo<T extends { items: Found[] }>({ actor }: Reader, page: T): T {
  const items = page.items.map(item =>
    actor && item.prices.length === 0
      ? item
      : { ...item, foundLessons: item.foundLessons.map(lesson => ({ ...lesson, snippet: [] })) },
  )
  return { ...page, items }
}

/**
 * A course as its public page shows it. A draft is there for its author alone; an archived one for who is in it.
 * @throws AppError `not_found`.
 */
export async function viewCourse(
  db: Database,
  reader: Reader,
  { course, school: named }: { course: string; school?: string | undefined },
) {
  const organizationId = await schoolOf(db, reader, named)
  const school = db.in(organizationId)
  const row = await selectOptionalOverview(school, organizationId, course)
  if (!row) throw new AppError('not_found')
  const { actor } = reader
  const enrolled = actor !== null && (await selectOptionalEnrollment(school, actor.userId, row.id)) !== null
  const accessEnded = actor !== null && !enrolled && (await hasEndedEnrollment(school, actor.userId, row.id))
  if (!mayView(actor, row, enrolled || accessEnded)) throw new AppError('not_found')
  return { ...cardOf(row), enrolled, accessEnded, modules: await selectOutline(school, row.id) }
}

/** What a member may do in a course: edit it, learn in it, or neither. @throws AppError `not_found`. */
export async function readAccess(db: Database, actor: Actor, courseId: string) {
  const school = db.in(actor.organizationId)
  const course = await selectOptionalCourse(school, courseId)
  if (!course) throw new AppError('not_found')
  const enrolled = (await selectOptionalEnrollment(school, actor.userId, courseId)) !== null
  if (!mayAskAccess(actor, course, enrolled)) throw new AppError('not_found')
  const { title, instructorId, status } = course
  return { courseId, title, instructorId, status, author: authorsCourse(actor, course), enrolled }
}
