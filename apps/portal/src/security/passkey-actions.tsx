'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { showRenewed } from './renewed.ts'

/** Gives a passkey another name, or removes it. */
export function PasskeyActions({ id, name }: { id: string; name: string }) {
  const t = useTranslations('security')
  const common = useTranslations('common')
  const { run, pending, fault } = useAction()
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null)
  const rename = async (data: FormData) => {
    await call('auth.renamePasskey', { passkeyId: id, name: String(data.get('name')) })
    location.reload()
  }
  const remove = async () => {
    await run(async () => {
      await call('auth.removePasskey', { passkeyId: id })
      await showRenewed()
    })
  }
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Button
        variant="quiet"
        size="small"
        onPress={() => setOpen('rename')}
        aria-label={t('renamePasskey', { name })}
      >
        {t('rename')}
      </Button>
      <Button
        variant="quiet"
        size="small"
        onPress={() => setOpen('remove')}
        isPending={pending}
        aria-label={t('removePasskey', { name })}
      >
        {t('remove')}
      </Button>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <Dialog
        isOpen={open === 'rename'}
        onOpenChange={shown => !shown && setOpen(null)}
        title={t('renameTitle')}
        closeLabel={common('close')}
      >
        <Form onSubmit={rename} failure={common('connectionLost')}>
          <TextField
            label={t('passkeyName')}
            name="name"
            defaultValue={name}
            maxLength={80}
            isRequired
            autoFocus
          />
          <SubmitButton>{common('save')}</SubmitButton>
        </Form>
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'remove'}
        onOpenChange={shown => !shown && setOpen(null)}
        title={t('removeTitle', { name })}
        confirmLabel={t('remove')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={remove}
      >
        {t('removeText')}
      </ConfirmDialog>
    </div>
  )
}
