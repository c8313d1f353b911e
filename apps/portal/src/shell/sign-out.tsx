'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { signedOutEvent } from '@azora/web/offline/caches.ts'
import { forgetEverything } from '@azora/web/offline/forget.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { ApiError, call } from '../lib/api.browser.ts'

/** Ends the session, and removes every page and answer that this device kept of it. */
export function SignOut({ className }: { className: string }) {
  const t = useTranslations('shell')
  const common = useTranslations('common')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const signOut = async () => {
    setState('busy')
    let isEnded = true
    try {
      await call('auth.logout', {})
    } catch (failure) {
      // A session that has ended already is signed out; anything else must not look as if it were.
      isEnded = failure instanceof ApiError && failure.status === 401
    }
    if (isEnded) dispatchEvent(new Event(signedOutEvent))
    // Also without a connection: whoever takes the device next finds nothing.
    await forgetEverything()
    if (!isEnded) return setState('failed')
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
