'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { showRenewed } from './renewed.ts'

type IdentityActionProps = { provider: 'google' | 'github' | 'apple'; name: string; linked: boolean }

/** Links an account elsewhere, by going there, or unlinks it. */
export function IdentityAction({ provider, name, linked }: IdentityActionProps) {
  const t = useTranslations('security')
  const common = useTranslations('common')
  const { run, pending, fault } = useAction()
  const [asking, setAsking] = useState(false)
  const link = () =>
    run(async () => {
      const { url } = await call('auth.linkIdentity', { provider, next: '/account/security' })
      location.assign(url)
    })
  const unlink = async () => {
    await run(async () => {
      await call('auth.unlinkIdentity', { provider })
      await showRenewed()
    })
  }
  return (
    <div className="flex flex-col items-end gap-2">
      <Button
        variant="secondary"
        size="small"
        onPress={linked ? () => setAsking(true) : link}
        isPending={pending}
        aria-label={t(linked ? 'unlinkProvider' : 'linkProvider', { name })}
      >
        {linked ? t('unlink') : t('link')}
      </Button>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('unlinkTitle', { name })}
        confirmLabel={t('unlink')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={unlink}
      >
        {t('unlinkText')}
      </ConfirmDialog>
    </div>
  )
}
