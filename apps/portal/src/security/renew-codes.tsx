'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { showRenewed } from './renewed.ts'

/** Makes ten new recovery codes in place of those that are there. */
export function RenewCodes({ email }: { email: string }) {
  const t = useTranslations('security')
  const common = useTranslations('common')
  const { run, pending, fault } = useAction()
  const [asking, setAsking] = useState(false)
  const [codes, setCodes] = useState<string[] | null>(null)
  const renew = async () => {
    await run(async () => setCodes((await call('auth.renewRecoveryCodes', {})).codes))
  }
  return (
    <>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <Button variant="secondary" className="self-start" onPress={() => setAsking(true)} isPending={pending}>
        {t('renew')}
      </Button>
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('renewTitle')}
        confirmLabel={t('renew')}
        cancelLabel={common('cancel')}
        onConfirm={renew}
      >
        {t('renewText')}
      </ConfirmDialog>
      {codes ? <RecoveryCodesDialog codes={codes} email={email} onKept={showRenewed} /> : null}
    </>
  )
}
