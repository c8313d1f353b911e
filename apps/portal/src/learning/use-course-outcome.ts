'use client'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../lib/api.browser.ts'
import { noteDone } from './done-here.ts'

export type CourseOutcome = {
  /** `slow`: the result is safe, but what follows from it has not come within the time that one waits for it. */
  state: 'following' | 'settled' | 'slow'
  /** All required lessons are done. */
  complete: boolean
  percent: number | null
  certificateId: string | null
}

// What was done becomes progress, and a completed course a certificate, by events: mostly within a second. The pauses
// grow, so that a hundred learners who finish together do not ask a slow system more the slower it is.
const firstPauseMs = 300
const longestPauseMs = 6000
const growth = 1.5
const patienceMs = 45_000

/**
 * Follows what was just done until it is settled: the lesson counts, and a completed course has its certificate. The
 * outline and the share of the course hear of it on the way. Without `lessonId` it waits for the certificate alone.
 */
export function useCourseOutcome(course: string, lessonId: string | null) {
  const [outcome, setOutcome] = useState<CourseOutcome>({
    state: 'following',
    complete: false,
    percent: null,
    certificateId: null,
  })
  const [round, setRound] = useState(0)
  // `round` is among the conditions because it begins the looking anew.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let here = true
    const began = Date.now()
    const look = async (pauseMs: number): Promise<void> => {
      const page = await call('education.getCoursePage', { course }).catch(() => null)
      if (!here) return
      const lessons = page?.modules.flatMap(module => module.lessons) ?? []
      for (const lesson of lessons) if (lesson.completed) noteDone(lesson.id, 'counted')
      const counted = !lessonId || lessons.some(lesson => lesson.id === lessonId && lesson.completed)
      const complete = Boolean(page?.enrollment.completedAt)
      const certificateId = page?.enrollment.certificateId ?? null
      const settled = page !== null && counted && (!complete || certificateId !== null)
      const slow = !settled && Date.now() - began > patienceMs
      setOutcome(before => ({
        state: settled ? 'settled' : slow ? 'slow' : 'following',
        complete: complete || before.complete,
        percent: page?.enrollment.progressPercent ?? before.percent,
        certificateId,
      }))
      if (!settled && !slow)
        timer = setTimeout(() => void look(Math.min(longestPauseMs, pauseMs * growth)), pauseMs)
    }
    setOutcome(before => ({ ...before, state: 'following' }))
    void look(firstPauseMs)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [course, lessonId, round])
  return { outcome, again: useCallback(() => setRound(current => current + 1), []) }
}
