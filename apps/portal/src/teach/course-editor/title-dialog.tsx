'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { type FormEvent, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'

type TitleDialogProps = {
  heading: string
  label: string
  confirmLabel: string
  initial?: string
  onClose: () => void
  /** Answers whether it worked; the dialog then closes. */
  onTitle: (title: string) => Promise<boolean>
}

/** Asks for the title of something. */
export function TitleDialog({
  heading,
  label,
  confirmLabel,
  initial = '',
  onClose,
  onTitle,
}: TitleDialogProps) {
  const common = useTranslations('common')
  const [title, setTitle] = useState(initial)
  const [pending, setPending] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!title.trim() || pending) return
    setPending(true)
    await onTitle(title.trim())
    setPending(false)
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={heading} closeLabel={common('close')}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <TextField label={label} value={title} onChange={setTitle} maxLength={200} isRequired autoFocus />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" isPending={pending}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
