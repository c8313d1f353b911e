'use client'
import { Button } from '@azora/ui/button.tsx'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { isCommentsKey } from './desk-key.ts'

const CommentsDialog = dynamic(() => import('./comments-dialog.tsx').then(module => module.CommentsDialog))

type SavedCommentsProps = { comment: string; onInsert: (comment: string) => void }

/** Opens the comments that a teacher has saved, by a button or Ctrl with a full stop. */
export function SavedComments({ comment, onInsert }: SavedCommentsProps) {
  const t = useTranslations('marking')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isCommentsKey(event) || document.querySelector('[role="dialog"], [role="alertdialog"]')) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <Button variant="secondary" size="small" onPress={() => setOpen(true)}>
        {t('savedComments')}
      </Button>
      {open ? <CommentsDialog comment={comment} onInsert={onInsert} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
