'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { signOutHere } from '../lib/sign-out.browser.ts'

/** Signs out and leaves for the home page. */
export function SignOut({ className }: { className: string }) {
  const t = useTranslations('shell')
  const common = useTranslations('common')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const signOut = async () => {
    setState('busy')
    if (!(await signOutHere())) return setState('failed')
    location.assign('/')
  }
  return (
    <>
      <button type="button" onClick={signOut} disabled={state === 'busy'} className={className}>
        <Icon name="forward" />
        {state === 'busy' ? t('signingOut') : t('signOut')}
      </button>
      {state === 'failed' ? (
        <p role="alert" className="max-w-60 px-3 py-2 text-sm text-bad">
          {common('connectionLost')}
        </p>
      ) : null}
    </>
  )
}
