import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../messages.ts'

type ReasonDialogProps = {
  title: string
  label: string
  description: string
  confirmLabel: string
  danger?: boolean
  onClose: () => void
  /** A failure that it throws is shown, and the dialog stays. */
  onSubmit: (reason: string) => Promise<void>
  children: ReactNode
}

/** Asks for the reason of something that will stand in the audit log. */
export function ReasonDialog({ children, danger, ...props }: ReasonDialogProps) {
  const common = useTranslations('common')
  return (
    <Dialog isOpen onOpenChange={props.onClose} title={props.title} closeLabel={common('close')}>
      <div className="text-muted">{children}</div>
      <DraftForm
        thing={`reason:${location.pathname}:${props.title}`}
        failure={common('connectionLost')}
        onSubmit={data => props.onSubmit(String(data.get('reason') ?? ''))}
      >
        <TextField
          label={props.label}
          name="reason"
          description={props.description}
          isRequired
          maxLength={300}
          autoFocus
        />
        <DialogButtons onCancel={props.onClose}>
          <SubmitButton variant={danger ? 'danger' : 'primary'}>{props.confirmLabel}</SubmitButton>
        </DialogButtons>
      </DraftForm>
    </Dialog>
  )
}

/** The end of a dialog: cancel, and what it is for. */
export function DialogButtons({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  const common = useTranslations('common')
  return (
    <div className="flex flex-col-reverse gap-3 pt-1 sm:flex-row sm:justify-end">
      <Button variant="secondary" onPress={onCancel}>
        {common('cancel')}
      </Button>
      {children}
    </div>
  )
}
