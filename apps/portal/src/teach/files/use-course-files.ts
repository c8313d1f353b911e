'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type InputOf, type OutputOf } from '../../lib/api.browser.ts'

export type CourseFile = OutputOf<'education.listFiles'>['items'][number]
export type FileKind = NonNullable<InputOf<'education.listFiles'>['kind']>

const pageSize = 50
// Long enough for the next letter, too short to be waited for.
const typingMs = 250

/** The files of a course as they are searched; `more` is there while further ones are. */
export function useCourseFiles(courseId: string, kind: FileKind | null, q: string) {
  const common = useTranslations('common')
  const [files, setFiles] = useState<CourseFile[] | null>(null)
  const [cursor, setCursor] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [asked, setAsked] = useState(0)
  const page = useCallback(
    (after: string | null) =>
      call('education.listFiles', {
        courseId,
        limit: pageSize,
        ...(kind ? { kind } : {}),
        ...(q.trim() ? { q: q.trim() } : {}),
        ...(after ? { cursor: after } : {}),
      }),
    [courseId, kind, q],
  )
  useEffect(() => {
    let here = true
    const timer = setTimeout(
      () =>
        page(null).then(
          found => {
            if (!here) return
            setFiles(found.items)
            setCursor(found.nextCursor)
            setFault(null)
          },
          failure => here && setFault(faultText(failure, common('connectionLost'))),
        ),
      q ? typingMs : 0,
    )
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [page, q, asked, common])
  const more = async () => {
    try {
      const found = await page(cursor)
      setFiles(before => [...(before ?? []), ...found.items])
      setCursor(found.nextCursor)
    } catch (failure) {
      setFault(faultText(failure, common('connectionLost')))
    }
  }
  return { files, fault, more: cursor ? more : null, reload: () => setAsked(count => count + 1) }
}
