'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useTranslations } from '../../i18n/client.tsx'

type TitleDialogProps = {
  /** Names what gets the title, for the draft that is kept of it. */
  thing: string
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
  thing,
  heading,
  label,
  confirmLabel,
  initial = '',
  onClose,
  onTitle,
}: TitleDialogProps) {
  const common = useTranslations('common')
  // A refusal is told on the page behind; the draft of the title stays and is offered at the next opening.
  const submit = async (data: FormData) => {
    const title = String(data.get('title')).trim()
    const saved = title !== '' && (await onTitle(title))
    onClose()
    return saved
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={heading} closeLabel={common('close')}>
      <DraftForm thing={thing} onSubmit={submit} failure={common('connectionLost')}>
        <TextField label={label} name="title" defaultValue={initial} maxLength={200} isRequired autoFocus />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <SubmitButton>{confirmLabel}</SubmitButton>
        </div>
      </DraftForm>
    </Dialog>
  )
}
