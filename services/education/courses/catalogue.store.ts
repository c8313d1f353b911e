import type { Price } from '@azora/contracts/money.ts'
import type { Queryable, ScopedDatabase } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'
import { fileUrl } from '../files/file-url.ts'
import { type Asked, type FoundLesson, joinHits, readAsked, selectFoundLessons } from './search.store.ts'

export type Card = {
  id: string
  slug: string
  title: string
  summary: string
  category: string
  level: 'beginner' | 'intermediate' | 'advanced'
  language: string
  coverUrl: string | null
  instructorName: string
  lessonCount: number
  durationMinutes: number
  prices: Price[]
}

export type CardRow = Omit<Card, 'coverUrl'> & { coverFileId: string | null; coverName: string | null }

/** Columns of a course card; expects `courses c`. What is counted are the lessons of `from`. */
const cardColumnsOver = (from: Sql): Sql => sql`
  c.id, c.slug, c.title, c.summary, c.category, c.level, c.language, c.prices, c.cover_file_id,
  (select f.name from files f where f.organization_id = c.organization_id and f.id = c.cover_file_id) as cover_name,
  coalesce((select p.name from people p where p.user_id = c.instructor_id
            and p.organization_id = c.organization_id), '') as instructor_name,
  (select count(*) from ${from} l where l.organization_id = c.organization_id and l.course_id = c.id) as lesson_count,
  (select coalesce(sum(l.duration_minutes), 0) from ${from} l
    where l.organization_id = c.organization_id and l.course_id = c.id) as duration_minutes`

/** A card as learners see it. */
const cardColumns: Sql = cardColumnsOver(sql`visible_lessons`)

/** A card as the author sees it: drafts and hidden lessons count. */
export const authorCardColumns: Sql = cardColumnsOver(sql`lessons`)

export function cardOf<R extends CardRow>(row: R) {
  const { coverFileId, coverName, ...rest } = row
  return { ...rest, coverUrl: coverFileId && coverName ? fileUrl(coverFileId, coverName) : null }
}

type Search = {
  q?: string | undefined
  category?: string | undefined
  level?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** The courses that a search comes to, as `courses c`. */
function matchingOf(organizationId: string, search: Search, asked: Asked | null): Sql {
  return sql`
    courses c ${joinHits(asked)}
    where c.organization_id = ${organizationId} and c.status = 'published'
    ${search.q && !asked ? sql`and false` : none}
    ${search.category ? sql`and c.category = ${search.category}` : none}
    ${search.level ? sql`and c.level = ${search.level}` : none}`
}

async function selectPage(db: Queryable, organizationId: string, search: Search, asked: Asked | null) {
  const offset = decodeOffset(search.cursor)
  const rows = await db.rows<CardRow>(sql`
    select ${cardColumns} from ${matchingOf(organizationId, search, asked)}
    order by ${asked ? sql`found.rank desc,` : none} c.published_at desc, c.id
    limit ${search.limit + 1} offset ${offset}`)
  const page = rows.slice(0, search.limit)
  const lessons = asked
    ? await selectFoundLessons(
        db,
        asked,
        page.map(({ id }) => id),
      )
    : new Map<string, FoundLesson[]>()
  return {
    items: page.map(row => ({ ...cardOf(row), foundLessons: lessons.get(row.id) ?? [] })),
    nextCursor: rows.length > search.limit ? encodeOffset(offset + search.limit) : null,
    suggestion: asked?.suggestion ?? null,
  }
}

const mostSearchMs = 4000

/** A search that takes too long ends, and with it what it holds of the database. @throws AppError `unavailable`. */
async function inTime<T>(db: ScopedDatabase, work: (tx: Queryable) => Promise<T>): Promise<T> {
  try {
    return await db.transaction(async tx => {
      await tx.run(sql`select set_config('statement_timeout', ${String(mostSearchMs)}, true)`)
      return work(tx)
    })
  } catch (failure) {
    if ((failure as { code?: string }).code === '57014')
      throw new AppError('unavailable', {}, { cause: failure })
    throw failure
  }
}

/** A page of the published courses of the school in scope: best match first when searched, else the newest. */
export function selectCataloguePage(db: ScopedDatabase, organizationId: string, search: Search) {
  return inTime(db, async tx =>
    selectPage(tx, organizationId, search, search.q ? await readAsked(tx, search.q) : null),
  )
}

/** A page of the catalogue with the number of all that was found, and the categories to choose from. */
export function selectCatalogue(db: ScopedDatabase, organizationId: string, search: Search) {
  return inTime(db, async tx => {
    const asked = search.q ? await readAsked(tx, search.q) : null
    const page = await selectPage(tx, organizationId, search, asked)
    const { total } = await tx.one<{ total: number }>(
      sql`select count(*) as total from ${matchingOf(organizationId, search, asked)}`,
    )
    const categories = await tx.rows<{ category: string }>(sql`
      select distinct category from courses where organization_id = ${organizationId} and status = 'published' order by 1`)
    return { ...page, total, categories: categories.map(row => row.category) }
  })
}

// Ranked results have no column to page by, so the cursor is a position; a catalogue is small and changes seldom.
const encodeOffset = (offset: number) => Buffer.from(`o${offset}`).toString('base64url')

function decodeOffset(cursor: string | undefined): number {
  const text = Buffer.from(cursor ?? '', 'base64url').toString()
  const found = /^o(\d{1,6})$/.exec(text)
  return found ? Number(found[1]) : 0
}

type OverviewRow = CardRow & {
  organizationId: string
  instructorId: string
  description: string
  status: 'draft' | 'published' | 'archived'
  publishedAt: string | null
  learnerCount: number
}

/** A course by id or slug with what its public page shows; whatever its status. */
export async function selectOptionalOverview(db: Queryable, organizationId: string, course: string) {
  return db.optional<OverviewRow>(sql`
    select ${cardColumns}, c.organization_id, c.instructor_id, c.description, c.status, c.published_at,
      (select count(*) from enrollments e
        where e.organization_id = c.organization_id and e.course_id = c.id) as learner_count
    from courses c
    where c.organization_id = ${organizationId} and ${byIdOrSlug(course)}`)
}

/** A condition on `courses c` for a path parameter that is an id or a slug. */
export function byIdOrSlug(course: string): Sql {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(course)
    ? sql`c.id = ${course}`
    : sql`c.slug = ${course}`
}
