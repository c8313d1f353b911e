'use client'
import { type RefObject, useEffect, useRef } from 'react'
import { noteDone } from '../learning/done-here.ts'
import type { Submission } from '../offline/answers.ts'

/** What the page that follows an attempt knows of it and of where it stands. */
export type EndedAttempt = {
  submission: Submission
  /** Submitted just now, so that a certificate may be on its way. */
  fresh: boolean
  mayRepeat: boolean
  path: string
  course: string
  /** The address of the course, where that is not a learner's. */
  courseAddress?: string
  /** The lesson that the attempt completes; none in a preview. */
  lessonId?: string
  next: string | null
}

/**
 * Moves the focus to the heading that tells the end of an attempt submitted just now, and notes its lesson as done if
 * the attempt `completes` it: that is certain now, though the service counts it a moment later.
 */
export function useEndedAttempt(
  { fresh, lessonId }: Pick<EndedAttempt, 'fresh' | 'lessonId'>,
  completes: boolean,
): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (fresh) heading.current?.focus()
  }, [fresh])
  useEffect(() => {
    if (fresh && completes && lessonId) noteDone(lessonId, 'counted')
  }, [fresh, completes, lessonId])
  return heading
}
