import type { Documents } from '@azora/kit/documents.ts'
import { v7 as uuidv7 } from 'uuid'

const collection = 'lesson_contents'

type LessonContent = { html: string }

const shown = /<(img|video|audio|iframe|object|math|table|hr|input|picture|svg)\b|data-(embed|formula)/i
const media = /<(video|audio|iframe|object)\b|data-embed/i

/** Whether nothing in a text can be seen: an empty editor leaves an empty paragraph. */
export function isBlank(html: string): boolean {
  return !shown.test(html) && !/\S/.test(html.replace(/<[^>]*>/g, '').replace(/&nbsp;|&#(160|xa0);/gi, ' '))
}

/** Whether a text shows a film, a sound or an embedded page. */
export const showsMedia = (html: string): boolean => media.test(html)

// Enough for a long chapter. What lies beyond is not found by search, and the index of a lesson stays small.
const mostHtml = 200_000
const mostWords = 20_000
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** The words of a cleaned text, as search reads them. */
export function wordsOf(html: string): string {
  return (
    html
      .slice(0, mostHtml)
      .replace(/<[^<>]*>/g, ' ')
      .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => entities[name] as string)
      // Controls and the two marks of a found word, which only search may set.
      .replace(/[\p{Cc}\s\ue000\ue001]+/gu, ' ')
      .trim()
      .slice(0, mostWords)
      .toWellFormed()
  )
}

/**
 * A lesson's body is a document that never changes: saving writes a new one, then points the lesson at it. A crash
 * in between leaves an unread document, never a lesson without its text.
 */
export async function writeContent(
  documents: Documents,
  organizationId: string,
  html: string,
): Promise<string | null> {
  if (!html) return null
  const id = uuidv7()
  await documents.put(organizationId, collection, id, { html } satisfies LessonContent)
  return id
}

export async function writeContents(
  documents: Documents,
  organizationId: string,
  contents: { id: string; html: string }[],
): Promise<void> {
  await documents.putMany(
    organizationId,
    collection,
    contents.map(({ id, html }) => ({ id, body: { html } satisfies LessonContent })),
  )
}

export async function readContent(
  documents: Documents,
  organizationId: string,
  contentId: string | null,
): Promise<string> {
  if (!contentId) return ''
  return (await documents.get<LessonContent>(organizationId, collection, contentId))?.html ?? ''
}

export async function deleteContents(
  documents: Documents,
  organizationId: string,
  ids: string[],
): Promise<void> {
  if (ids.length > 0) await documents.delete(organizationId, collection, ids)
}
