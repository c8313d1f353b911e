'use client'
import { Dialog } from '@azora/ui/dialog.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { upload } from '../../lib/api.browser.ts'
import { uploadFault } from '../upload-fault.ts'
import type { CourseFile } from './use-course-files.ts'

type ReplaceDialogProps = { file: CourseFile; onClose: () => void; onReplaced: () => void }

/** Takes another content for a file. */
export function ReplaceDialog({ file, onClose, onReplaced }: ReplaceDialogProps) {
  const t = useTranslations('files')
  const uploads = useTranslations('uploads')
  const common = useTranslations('common')
  const locale = useLocale()
  const [part, setPart] = useState<number | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const replace = async ([chosen]: File[]) => {
    if (!chosen) return
    setFault(null)
    setPart(0)
    try {
      await upload('education.replaceFile', { fileId: file.id, name: chosen.name }, chosen, setPart)
      onReplaced()
    } catch (failure) {
      setFault(uploadFault(failure, locale, uploads, common('connectionLost')))
      setPart(null)
    }
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('replaceTitle', { name: file.name })}
      closeLabel={common('close')}
    >
      <p>{t('replaceText', { count: file.uses.length })}</p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {part === null ? (
        <FileDrop
          label={t('replaceDrop')}
          browseLabel={t('replaceBrowse')}
          accept={[file.mediaType]}
          onFiles={replace}
        />
      ) : (
        <ProgressBar label={uploads('running', { name: file.name })} percent={Math.floor(part * 100)} />
      )}
    </Dialog>
  )
}
