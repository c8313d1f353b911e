'use client'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'

/** Runs a passkey's ceremony on the press of a button; `fault` also says when the browser's window was closed. */
export function usePasskeyPress<A>(
  ceremony: () => Promise<A | null>,
  onSignedIn: (account: A) => Promise<void>,
) {
  const t = useTranslations('account')
  const { run, pending, fault } = useAction()
  const [unused, setUnused] = useState(false)
  const press = () =>
    run(async () => {
      setUnused(false)
      const account = await ceremony()
      if (account) await onSignedIn(account)
      else setUnused(true)
    })
  return { press, pending, fault: fault ?? (unused ? t('passkeyFailed') : null) }
}
