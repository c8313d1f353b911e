'use client'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { CsvButton } from '../csv-button.tsx'
import { allLearners } from '../gradebook/all-grades.ts'
import { levelRow } from './standards.ts'

type ExportProps = { courseId: string; fileName: string; groupId: string | undefined }

// As many as one reading takes.
const learnersAtOnce = 100

/** Hands the levels of all learners, or of a group, over as a CSV file: for each standard a level and its percentage. */
export function ExportLevels({ courseId, fileName, groupId }: ExportProps) {
  const t = useTranslations('standards')
  const [count, setCount] = useState(0)
  const lines = async () => {
    const [{ standards, levels }, learners] = await Promise.all([
      call('assessment.getStandards', { courseId }),
      allLearners(courseId, groupId),
    ])
    const names = new Map(levels.map(({ id, name }) => [id, name]))
    const body = []
    for (let from = 0; from < learners.length; from += learnersAtOnce) {
      const some = learners.slice(from, from + learnersAtOnce)
      const userIds = some.map(({ userId }) => userId)
      const { items } = await call('assessment.readStandardLevels', { courseId, userIds })
      const rows = new Map(items.map(row => [row.userId, levelRow(row)]))
      for (const { userId, name, email } of some)
        body.push([
          userId,
          name,
          email,
          ...standards.flatMap(({ id }) => {
            const standing = rows.get(userId)?.get(id)
            return [names.get(standing?.levelId ?? '') ?? null, standing?.percent ?? null]
          }),
        ])
      setCount(body.length)
    }
    const head = ['ID', t('learner'), 'Email', ...standards.flatMap(({ code }) => [code, `${code} %`])]
    return [head, ...body]
  }
  return (
    <CsvButton
      fileName={`${fileName}-standards`}
      label={t('export')}
      pendingLabel={t('exporting', { count })}
      lines={lines}
    />
  )
}
