'use client'
import { useRoom } from '@azora/web/rooms/use-room.ts'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useLessData } from '../less-data/less-data.tsx'

// A lesson, its course and a certificate often change in the same moment.
const gatherMs = 300

type FollowedPage = { since: number; courseId?: string }

/**
 * Reads the page again when one's progress changes elsewhere: in another tab, on another device, by a result that has
 * arrived. Without a connection the page is as it was when it came.
 *
 * @param since when what the page shows was read.
 * @param courseId the course that the page is about; all of them unless given.
 */
export function FollowLearning(page: FollowedPage) {
  // A live connection, and the page again with each lesson: where data is costly the next visit shows it.
  return useLessData() ? null : <Following {...page} />
}

function Following({ since, courseId }: FollowedPage) {
  const router = useRouter()
  const gathering = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(
    () => () => {
      if (gathering.current) clearTimeout(gathering.current)
    },
    [],
  )
  useRoom('education/learning', {}, since, item => {
    const about = (item?.payload as { courseId?: string } | undefined)?.courseId
    if (item && courseId && about !== courseId) return
    gathering.current ??= setTimeout(() => {
      gathering.current = null
      router.refresh()
    }, gatherMs)
  })
  return null
}
