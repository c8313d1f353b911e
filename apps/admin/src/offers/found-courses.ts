import { useEffect, useState } from 'react'
import { call } from '../api.ts'

export type PickedCourse = { courseId: string; title: string }

/** As many as are looked through without a search. */
const mostShown = 20

/** The courses of the school that a search finds, and how many there are in all; null until it has answered. */
export function useFoundCourses(q: string): { courses: PickedCourse[]; total: number } | null {
  const [found, setFound] = useState<{ courses: PickedCourse[]; total: number } | null>(null)
  useEffect(() => {
    const asked = new AbortController()
    call('education.listCourses', { q: q || undefined, limit: mostShown }, { signal: asked.signal }).then(
      ({ items, total }) =>
        setFound({ courses: items.map(({ id: courseId, title }) => ({ courseId, title })), total }),
      () => {},
    )
    return () => asked.abort()
  }, [q])
  return found
}
