'use client'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { call, type InputOf, type OutputOf } from '../../lib/api.browser.ts'

export type CourseFile = OutputOf<'education.listFiles'>['items'][number]
export type FileKind = NonNullable<InputOf<'education.listFiles'>['kind']>

const pageSize = 50
// Long enough for the next letter, too short to be waited for.
const typingMs = 250

/** The files of a course as they are searched; `more` is there while further ones are. */
export function useCourseFiles(courseId: string, kind: FileKind | null, q: string) {
  const searched = q.trim()
  const page = (signal: AbortSignal, cursor?: string) =>
    call(
      'education.listFiles',
      {
        courseId,
        limit: pageSize,
        ...(kind ? { kind } : {}),
        ...(searched ? { q: searched } : {}),
        ...(cursor ? { cursor } : {}),
      },
      { signal },
    )
  const { value, fault, reload, extend } = useLoad(courseId, signal => page(signal), {
    by: `${kind} ${searched}`,
    afterMs: searched ? typingMs : 0,
  })
  const cursor = value?.nextCursor
  const more = (after: string) =>
    extend(async (shown, signal) => {
      const next = await page(signal, after)
      return { ...next, items: [...shown.items, ...next.items] }
    })
  return { files: value?.items ?? null, fault, more: cursor ? () => more(cursor) : null, reload }
}
