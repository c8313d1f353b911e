import type { Queryable } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

/**
 * Search over published courses and the lessons that learners see. First for what holds every word, or its beginning;
 * when that finds nothing, for what is spelled alike. The functions and their indexes stand in the migration "search".
 */

/** A part of a text; `match` where it is what was searched for. */
type Part = { text: string; match: boolean }

export type FoundLesson = { id: string; title: Part[]; snippet: Part[] }

/** What to look for: in which way, and with which words the places found are marked. */
export type Asked = {
  similar: boolean
  words: string[]
  terms: string
  /** The words as they are probably meant; null when they are found as typed, or nothing is like them. */
  suggestion: string | null
}

const mostWords = 12
const mostLetters = 40
const lessonsPerCourse = 3

/** The words of what a person typed, without accents and in small letters. */
function wordsIn(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, mostWords).map(word => word.slice(0, mostLetters))
}

const termsOf = (words: string[]) => words.map(word => `${word}:*`).join(' & ')

/** A query that matches the words as they are, or by their English stems. */
const query = (terms: string): Sql =>
  sql`(to_tsquery('folded', ${terms}) || to_tsquery('folded_english', ${terms}))`

/** What was found for a search: courses, and lessons with theirs. */
function hitsOf(asked: Asked): Sql {
  return asked.similar
    ? sql`select * from find_similar(${asked.words}::text[])`
    : sql`select * from find_courses(${query(asked.terms)}) union all select * from find_lessons(${query(asked.terms)})`
}

/** How to look for what a person typed. Null when no word is in it. */
export async function readAsked(db: Queryable, text: string): Promise<Asked | null> {
  const words = wordsIn(text)
  if (words.length === 0) return null
  const exact: Asked = { similar: false, words, terms: termsOf(words), suggestion: null }
  const { found } = await db.one<{ found: boolean }>(
    sql`select exists (select from (${hitsOf(exact)}) hits) as found`,
  )
  if (found) return exact
  const { meant } = await db.one<{ meant: string[] }>(sql`select respell(${words}::text[]) as meant`)
  const suggestion = meant.join(' ')
  return {
    similar: true,
    words,
    terms: termsOf(meant),
    suggestion: suggestion === words.join(' ') ? null : suggestion,
  }
}

const [open, shut] = ['\ue000', '\ue001']
const marks = `StartSel=${open},StopSel=${shut},MaxWords=24,MinWords=12,ShortWord=2`

function partsOf(marked: string): Part[] {
  return marked
    .split(/(\ue000[^\ue001]*\ue001)/)
    .filter(text => text !== '')
    .map(text => (text.startsWith(open) ? { text: text.slice(1, -1), match: true } : { text, match: false }))
}

/** The best lessons of each course, with the words that were found. */
export async function selectFoundLessons(
  db: Queryable,
  asked: Asked,
  courseIds: string[],
): Promise<Map<string, FoundLesson[]>> {
  const found = new Map<string, FoundLesson[]>()
  if (courseIds.length === 0) return found
  const rows = await db.rows<{ id: string; courseId: string; title: string; snippet: string }>(sql`
    with ranked as (
      select h.*, row_number() over (partition by h.course_id order by h.rank desc, h.lesson_id) as place
      from (${hitsOf(asked)}) h where h.lesson_id is not null and h.course_id = any(${courseIds}::uuid[]))
    select l.id, l.course_id,
      ts_headline('folded', l.title, ${query(asked.terms)}, ${`${marks},HighlightAll=true`}) as title,
      ts_headline('folded', coalesce(l.words, ''), ${query(asked.terms)}, ${marks}) as snippet
    from ranked r join lessons l on l.organization_id = ${db.organizationId} and l.id = r.lesson_id
    where r.place <= ${lessonsPerCourse} order by r.course_id, r.place`)
  for (const { id, courseId, title, snippet } of rows) {
    const lessons = found.get(courseId) ?? []
    lessons.push({ id, title: partsOf(title), snippet: snippet.includes(open) ? partsOf(snippet) : [] })
    found.set(courseId, lessons)
  }
  return found
}

/** The rows of a search to join `courses c` with; nothing when nothing is searched for. */
export const joinHits = (asked: Asked | null): Sql =>
  asked
    ? sql`join (select course_id, sum(rank) as rank from (${hitsOf(asked)}) hits group by course_id) found
        on found.course_id = c.id`
    : none
