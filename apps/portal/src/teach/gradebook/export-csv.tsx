'use client'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { CsvButton } from '../csv-button.tsx'
import { allGrades, allLearners } from './all-grades.ts'

type ExportProps = { courseId: string; fileName: string; groupId: string | undefined }

/** Hands the whole gradebook, or the rows of a group, over as a CSV file, in the form that an import takes. */
export function ExportCsv({ courseId, fileName, groupId }: ExportProps) {
  const t = useTranslations('gradebook')
  const [count, setCount] = useState(0)
  const lines = async () => {
    const [book, learners] = await Promise.all([
      call('assessment.getGradebook', { courseId }),
      allLearners(courseId, groupId),
    ])
    const rows = await allGrades(courseId, learners, setCount)
    const head = [
      'ID',
      t('learner'),
      'Email',
      ...book.items.map(({ title }) => title),
      `${t('courseGrade')} %`,
      t('courseGrade'),
    ]
    return [
      head,
      ...learners.map(({ userId, name, email }) => {
        const row = rows.get(userId)
        const excused = new Set(row?.entries.flatMap(entry => (entry.excused ? [entry.itemId] : [])))
        return [
          userId,
          name,
          email,
          ...book.items.map(({ id }, at) => (excused.has(id) ? 'EX' : (row?.scores[at] ?? null))),
          row?.percent ?? null,
          row?.letter ?? null,
        ]
      }),
    ]
  }
  return (
    <CsvButton
      fileName={`${fileName}-grades`}
      label={t('export')}
      pendingLabel={t('exporting', { count })}
      lines={lines}
    />
  )
}
