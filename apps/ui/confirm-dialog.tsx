'use client'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Spinner } from './spinner.tsx'

type ConfirmDialogProps = {
  isOpen: boolean
  onOpenChange: (open: boolean) => void
  title: string
  children: ReactNode
  confirmLabel: string
  cancelLabel: string
  /** Draws the confirming button as one that destroys. */
  danger?: boolean
  /** The dialog stays open and busy until this settles, then closes; keep failures in your own state. */
  onConfirm: () => void | Promise<void>
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  children,
  confirmLabel,
  cancelLabel,
  danger,
  onConfirm,
  ...state
}: ConfirmDialogProps) {
  const [pending, setPending] = useState(false)
  const confirm = async () => {
    setPending(true)
    try {
      await onConfirm()
    } finally {
      setPending(false)
      state.onOpenChange(false)
    }
  }
  return (
    <Dialog {...state} role="alertdialog" closeLabel={cancelLabel} isDismissable={false}>
      <div>{children}</div>
      <div className="mt-2 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        <Button variant="secondary" onPress={() => state.onOpenChange(false)} isDisabled={pending}>
          {cancelLabel}
        </Button>
        <Button variant={danger ? 'danger' : 'primary'} onPress={confirm} isDisabled={pending} autoFocus>
          {pending ? <Spinner /> : null}
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  )
}
