'use client'
import type { file } from '@azora/contracts/education/shapes.ts'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { useState } from 'react'
import type { z } from 'zod'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { upload } from '../lib/api.browser.ts'
import { uploadFault } from './upload-fault.ts'

type StoredFile = z.infer<typeof file>
export type Upload = { name: string; part: number; fault: string | null }

/** Uploads files to a course one after another; `send` answers those that arrived. */
export function useUploads(courseId: string) {
  const common = useTranslations('common')
  const t = useTranslations('uploads')
  const locale = useLocale()
  const [uploads, setUploads] = useState<Upload[]>([])
  const send = async (files: File[]): Promise<StoredFile[]> => {
    const stored: StoredFile[] = []
    const failed: Upload[] = []
    for (const chosen of files) {
      const show = (part: number) => setUploads([...failed, { name: chosen.name, part, fault: null }])
      show(0)
      try {
        stored.push(await upload('education.uploadFile', { courseId, name: chosen.name }, chosen, show))
      } catch (failure) {
        failed.push({
          name: chosen.name,
          part: 0,
          fault: uploadFault(failure, locale, t, common('connectionLost')),
        })
      }
    }
    setUploads(failed)
    return stored
  }
  return { uploads, send }
}

/** What is being uploaded, and what could not be. */
export function UploadState({ uploads }: { uploads: Upload[] }) {
  const t = useTranslations('uploads')
  return (
    <>
      {uploads.map(({ name, part, fault }) =>
        fault ? (
          <Notice key={name} tone="error" live>
            {t('failed', { name, reason: fault })}
          </Notice>
        ) : (
          <ProgressBar key={name} label={t('running', { name })} percent={Math.floor(part * 100)} />
        ),
      )}
    </>
  )
}
