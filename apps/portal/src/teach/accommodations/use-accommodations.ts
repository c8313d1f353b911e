'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'

export type Accommodation = OutputOf<'assessment.listAccommodations'>['items'][number]

export type Loaded = {
  items: Accommodation[]
  learners: { userId: string; name: string }[]
  quizzes: { id: string; title: string }[]
}

// Ten pages of the largest size, as on the page of the learners.
const mostPages = 10

async function learnersOf(courseId: string): Promise<Loaded['learners']> {
  const learners: Loaded['learners'] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const found = await call('education.getRoster', { courseId, limit: 100, cursor })
    learners.push(...found.items.map(({ userId, name }) => ({ userId, name })))
    if (!found.nextCursor) break
    cursor = found.nextCursor
  }
  return learners.sort((a, b) => a.name.localeCompare(b.name))
}

async function load(courseId: string): Promise<Loaded> {
  const [{ items }, learners, quizzes] = await Promise.all([
    call('assessment.listAccommodations', { courseId }),
    learnersOf(courseId),
    call('assessment.listQuizzes', { courseId }),
  ])
  return {
    items,
    learners,
    quizzes: quizzes.items.filter(quiz => !quiz.bank).map(({ id, title }) => ({ id, title })),
  }
}

/** What the learners of a course were given, as it is read and saved. */
export function useAccommodations(courseId: string) {
  const lost = useTranslations('common')('connectionLost')
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [unread, setUnread] = useState<string | null>(null)
  const { run, pending, fault } = useAction()
  const refresh = useCallback(async () => setLoaded(await load(courseId)), [courseId])
  useEffect(() => {
    refresh().catch((failure: unknown) => setUnread(faultText(failure, lost)))
  }, [refresh, lost])
  const save = (given: Accommodation) =>
    run(async () => {
      await call('assessment.saveAccommodation', { courseId, ...given })
      await refresh()
    })
  return { loaded, save, pending, fault: fault ?? unread }
}
