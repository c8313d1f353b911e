'use client'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { CsvButton } from '../csv-button.tsx'

type Entry = OutputOf<'education.getRoster'>['items'][number]

/** Fetches all learners of a course and hands them over as a CSV file. */
export function CsvDownload({ courseId, fileName }: { courseId: string; fileName: string }) {
  const t = useTranslations('roster')
  const [count, setCount] = useState(0)
  const lines = async () => {
    const entries: Entry[] = []
    let cursor: string | undefined
    do {
      const page = await call('education.getRoster', { courseId, limit: 100, cursor })
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
