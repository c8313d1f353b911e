'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import type { Call } from '../calls/caller.ts'
import { ApiError } from '../calls/failures.ts'
import { useOwnTranslations } from '../i18n/own-messages.ts'
import { forgetEverything } from '../offline/forget.ts'
import { useAccount } from '../session/signed-in.tsx'
import { ThemePicker } from './theme-picker.tsx'

const itemStyle = 'flex min-h-11 items-center gap-3 rounded-control px-3 no-underline hover:bg-sunken'

/** What stands below one's initials: who one is, the way back, the appearance, signing out. */
export function AccountMenu({ call }: { call: Call<'auth.logout'> }) {
  const t = useOwnTranslations('frame')
  const common = useOwnTranslations('common')
  const account = useAccount()
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
    // Also without a connection: the one who takes the device next finds nothing.
    await forgetEverything()
    if (!isEnded) return setState('failed')
    location.assign('/')
  }
  return (
    <>
      <div className="border-b border-line px-3 pt-1 pb-3">
        <p className="truncate font-semibold">{account.name}</p>
        <p className="truncate text-sm text-muted">{account.email}</p>
      </div>
      <div className="flex flex-col pt-2">
        <a href="/" className={itemStyle}>
          <Icon name="back" />
          {t('toSchool', { school: account.organization.name })}
        </a>
        <div className="px-3 py-2 text-sm">
          <ThemePicker t={t} />
        </div>
        <button
          type="button"
          onClick={signOut}
          disabled={state === 'busy'}
          className={`${itemStyle} text-start`}
        >
          <Icon name="forward" />
          {state === 'busy' ? t('signingOut') : t('signOut')}
        </button>
        {state === 'failed' ? (
          <p role="alert" className="max-w-60 px-3 py-2 text-sm text-bad">
            {common('connectionLost')}
          </p>
        ) : null}
      </div>
    </>
  )
}
