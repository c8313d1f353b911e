'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { signOutHere } from '../lib/sign-out.browser.ts'
import { keepInvitation } from './kept-invitation.ts'

type OtherAccountProps = {
  token: string
  /** The address that is signed in. */
  signedInAs: string
  /** The address that is invited. */
  invited: string
}

/** Says that the invitation is for another address than the one that is signed in, and switches. */
export function OtherAccount({ token, signedInAs, invited }: OtherAccountProps) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const change = async () => {
    setState('busy')
    if (!(await signOutHere())) return setState('failed')
    keepInvitation(token)
    location.reload()
  }
  return (
    <Notice tone="warning">
      <span className="flex flex-col items-start gap-3">
        {t('invitationOther', { email: signedInAs, invited })}
        <Button variant="secondary" size="small" isPending={state === 'busy'} onPress={change}>
          {t('invitationSwitch')}
        </Button>
        {state === 'failed' ? (
          <span role="alert" className="text-bad">
            {common('connectionLost')}
          </span>
        ) : null}
      </span>
    </Notice>
  )
}
