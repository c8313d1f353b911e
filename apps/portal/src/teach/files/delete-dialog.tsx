'use client'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call } from '../../lib/api.browser.ts'
import { FileUses } from './file-uses.tsx'
import type { CourseFile } from './use-course-files.ts'

type DeleteDialogProps = {
  file: CourseFile
  courseId: string
  onClose: () => void
  onDeleted: () => void
  onFault: (failure: unknown) => void
}

/** Asks before a file is deleted; of one that is used it says where. */
export function DeleteDialog({ file, courseId, onClose, onDeleted, onFault }: DeleteDialogProps) {
  const t = useTranslations('files')
  const common = useTranslations('common')
  const [uses, setUses] = useState(file.uses)
  const [inUse, setInUse] = useState(file.uses.length > 0)
  // The question closes once it is answered, unless there is more to say.
  const stays = useRef(false)
  const remove = async () => {
    try {
      await call('education.deleteFile', { fileId: file.id })
      onDeleted()
    } catch (failure) {
      if (failure instanceof ApiError && failure.code === 'file_in_use') {
        // Taken up since the list was made.
        setUses(failure.data.uses ?? [])
        setInUse(true)
        stays.current = true
      } else onFault(failure)
    }
  }
  if (inUse)
    return (
      <Dialog
        isOpen
        onOpenChange={onClose}
        title={t('inUseTitle', { name: file.name })}
        closeLabel={common('close')}
      >
        <p>{uses.length ? t('inUseText') : t('heldText')}</p>
        {uses.length ? <FileUses courseId={courseId} uses={uses} /> : null}
      </Dialog>
    )
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={() => stays.current || onClose()}
      title={t('deleteTitle', { name: file.name })}
      confirmLabel={t('delete')}
      cancelLabel={common('cancel')}
      danger
      onConfirm={remove}
    >
      {t('deleteText')}
    </ConfirmDialog>
  )
}
