'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { forgetFile, waitingFiles } from '../../../offline/waiting-files.ts'

/** Says which files of an attempt that is over never reached the server. The device keeps them no longer. */
export function LateFiles({ submissionId }: { submissionId: string }) {
  const t = useTranslations('upload')
  const [names, setNames] = useState<string[]>([])
  useEffect(() => {
    waitingFiles(submissionId).then(
      async files => {
        if (files.length === 0) return
        setNames(files.map(({ name }) => name))
        for (const { id } of files) await forgetFile(id)
      },
      (failure: unknown) => console.warn('This device keeps no files.', failure),
    )
  }, [submissionId])
  if (names.length === 0) return null
  return (
    <Notice tone="warning" live>
      {t('late', { count: names.length, names: names.join(', ') })}
    </Notice>
  )
}
