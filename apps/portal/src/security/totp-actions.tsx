'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { showRenewed } from './renewed.ts'
import { TotpDialog } from './totp-dialog.tsx'

/** Sets the authenticator app up, or turns it off. */
export function TotpActions({ enabled, email }: { enabled: boolean; email: string }) {
  const t = useTranslations('security')
  const common = useTranslations('common')
  const { run, pending, fault } = useAction()
  const [secret, setSecret] = useState<OutputOf<'auth.startTotp'> | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [ending, setEnding] = useState(false)
  const setUp = () => run(async () => setSecret(await call('auth.startTotp', {})))
  const turnOff = async () => {
    await run(async () => {
      await call('auth.disableTotp', {})
      await showRenewed()
    })
  }
  return (
    <>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {enabled ? (
        <Button
          variant="secondary"
          className="self-start"
          onPress={() => setEnding(true)}
          isPending={pending}
        >
          {t('turnOff')}
        </Button>
      ) : (
        <Button className="self-start" onPress={setUp} isPending={pending}>
          {t('setUp')}
        </Button>
      )}
      {secret && !codes ? (
        <TotpDialog secret={secret} onConfirmed={setCodes} onClose={() => setSecret(null)} />
      ) : null}
      {codes ? <RecoveryCodesDialog codes={codes} email={email} onKept={showRenewed} /> : null}
      <ConfirmDialog
        isOpen={ending}
        onOpenChange={setEnding}
        title={t('turnOffTitle')}
        confirmLabel={t('turnOff')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={turnOff}
      >
        {t('turnOffText')}
      </ConfirmDialog>
    </>
  )
}
