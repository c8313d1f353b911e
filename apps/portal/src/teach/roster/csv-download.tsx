'use client'
import { csvLine } from '@azora/contracts/csv.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'

type Entry = OutputOf<'education.getRoster'>['items'][number]

/** Fetches all learners of a course and hands them over as a CSV file. */
export function CsvDownload({ courseId, fileName }: { courseId: string; fileName: string }) {
  const t = useTranslations('roster')
  const { run, pending, fault } = useAction()
  const [count, setCount] = useState(0)
  const download = () =>
    run(async () => {
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
        'enrolled',
        'lastActivity',
        'completed',
      ] as const
      const csv = [
        head.map(key => t(key)),
        ...entries.map(entry => [
          entry.name,
          entry.email,
          entry.progressPercent,
          entry.lessonsDone,
          entry.bestQuizPercent,
          entry.enrolledAt,
          entry.lastActivityAt,
          entry.completedAt,
        ]),
      ]
        .map(csvLine)
        .join('')
      // The byte order mark tells spreadsheets that it is UTF-8.
      const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' }))
      const link = Object.assign(document.createElement('a'), { href: url, download: `${fileName}.csv` })
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    })
  return (
    <div className="flex flex-col items-start gap-1">
      <Button variant="secondary" onPress={download} isPending={pending}>
        <Icon name="download" />
        {pending ? t('downloading', { count }) : t('download')}
      </Button>
      {fault ? (
        <p role="alert" className="text-sm text-bad">
          {fault}
        </p>
      ) : null}
    </div>
  )
}
