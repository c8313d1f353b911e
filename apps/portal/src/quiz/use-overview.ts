'use client'
import { useCallback, useEffect, useState } from 'react'
import { call, type OutputOf } from '../lib/api.browser.ts'

export type QuizOverview = OutputOf<'assessment.getQuiz'>

// A timer longer than this overflows; a page that stays open for weeks asks again on the way.
const longestMs = 24 * 60 * 60 * 1000

/** A quiz before it is begun. When it opens or closes while the page is open, the server is asked again. */
export function useOverview(initial: QuizOverview) {
  const [overview, setOverview] = useState(initial)
  const refresh = useCallback(async () => {
    setOverview(await call('assessment.getQuiz', { quizId: initial.id }))
  }, [initial.id])
  const { locked, closed, opensAt, closesAt, now } = overview
  const changesAt = locked ? opensAt : closed ? null : closesAt
  useEffect(() => {
    if (!changesAt) return
    // By the server's clock, with a second for the way.
    const waitMs = Date.parse(changesAt) - Date.parse(now) + 1000
    const timer = setTimeout(
      () => {
        refresh().catch((failure: unknown) => {
          console.warn('Whether the quiz is open could not be asked.', failure)
        })
      },
      Math.min(Math.max(waitMs, 1000), longestMs),
    )
    return () => clearTimeout(timer)
  }, [changesAt, now, refresh])
  return { overview, refresh }
}
