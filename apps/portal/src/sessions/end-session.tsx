'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { ApiError } from '../lib/api.browser.ts'

type EndSessionProps = {
  /** One session; without, all but this one. */
  session?: { id: string; device: string }
}

/** Asks, then ends one session or all others. */
export function EndSession({ session }: EndSessionProps) {
  const t = useTranslations('sessions')
  const common = useTranslations('common')
  const { run, pending, fault } = useAction()
  const [asking, setAsking] = useState(false)
  const end = async () => {
    await run(async () => {
      if (session)
        await call('auth.revokeSession', { sessionId: session.id }).catch((failure: unknown) => {
          // One that has ended meanwhile is as good as ended now.
          if (!(failure instanceof ApiError && failure.code === 'not_found')) throw failure
        })
      else await call('auth.revokeOtherSessions', {})
      location.reload()
    })
  }
  return (
    <>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <Button
        variant={session ? 'secondary' : 'danger'}
        {...(session ? { size: 'small', 'aria-label': t('endNamed', { device: session.device }) } : {})}
        className="self-start"
        onPress={() => setAsking(true)}
        isPending={pending}
      >
        {session ? t('end') : t('endOthers')}
      </Button>
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={session ? t('endTitle') : t('endOthersTitle')}
        confirmLabel={session ? t('end') : t('endOthers')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={end}
      >
        {session ? t('endText') : t('endOthersText')}
      </ConfirmDialog>
    </>
  )
}
