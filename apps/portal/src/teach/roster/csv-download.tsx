'use client'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { CsvButton } from '../csv-button.tsx'

type Entry = OutputOf<'education.getRoster'>['items'][number]

type CsvProps = {
  courseId: string
  fileName: string
  /** The group whose learners are wanted; all without it. */
  groupId: string | undefined
  groupNames: Record<string, string>
}

/** Fetches all learners of a course, or of a group of it, and hands them over as a CSV file. */
export function CsvDownload({ courseId, fileName, groupId, groupNames }: CsvProps) {
  const t = useTranslations('roster')
  const [count, setCount] = useState(0)
  const lines = async () => {
    const entries: Entry[] = []
    let cursor: string | undefined
    do {
      const page = await call('education.getRoster', { courseId, groupId, limit: 100, cursor })
      entries.push(...page.items)
      setCount(entries.length)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const head = [
      'name',
      'email',
      'progress',
      'lessons',
      'bestQuiz',
      'grade',
      'letter',
      'enrolled',
      'lastActivity',
      'completed',
      'groups',
    ] as const
    return [
      head.map(key => t(key)),
      ...entries.map(entry => [
        entry.name,
        entry.email,
        entry.progressPercent,
        entry.lessonsDone,
        entry.bestQuizPercent,
        entry.grade?.percent ?? null,
        entry.grade?.letter ?? null,
        entry.enrolledAt,
        entry.lastActivityAt,
        entry.completedAt,
        // As an import of groups takes them.
        entry.groupIds.flatMap(id => groupNames[id] ?? []).join('; '),
      ]),
    ]
  }
  return (
    <CsvButton
      fileName={fileName}
      label={t('download')}
      pendingLabel={t('downloading', { count })}
      lines={lines}
    />
  )
}
