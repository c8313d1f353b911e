'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'

type Listed = OutputOf<'assessment.listAccommodations'>
type Conditions = Omit<Listed['items'][number], 'userId'>

/** What a learner was given, or a group: one of the two ids is null. */
export type Accommodation = Conditions & { userId: string | null; groupId: string | null }

export type Loaded = {
  items: Accommodation[]
  learners: { userId: string; name: string }[]
  groups: { id: string; name: string }[]
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
  const [given, learners, { items: groups }, quizzes] = await Promise.all([
    call('assessment.listAccommodations', { courseId }),
    learnersOf(courseId),
    call('education.listGroups', { courseId }),
    call('assessment.listQuizzes', { courseId }),
  ])
  return {
    items: [
      ...given.groups.map(one => ({ ...one, userId: null })),
      ...given.items.map(one => ({ ...one, groupId: null })),
    ],
    learners,
    groups: groups.map(({ id, name }) => ({ id, name })),
    quizzes: quizzes.items.filter(quiz => !quiz.bank).map(({ id, title }) => ({ id, title })),
  }
}

/** What the learners and groups of a course were given, as it is read and saved. */
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
      const { userId, groupId, ...rest } = given
      if (groupId) await call('assessment.saveGroupAccommodation', { courseId, groupId, ...rest })
      else if (userId) await call('assessment.saveAccommodation', { courseId, userId, ...rest })
      await refresh()
    })
  return { loaded, save, pending, fault: fault ?? unread }
}
