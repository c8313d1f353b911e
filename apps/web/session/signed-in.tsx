'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import type { Call } from '../calls/caller.ts'
import { ApiError, faultText } from '../calls/failures.ts'
import type { OutputOf } from '../calls/operations.ts'
import { DraftOwner } from '../drafts/draft-owner.tsx'
import { useOwnTranslations } from '../i18n/own-messages.ts'

/** Who is signed in, and in which school. */
export type Account = OutputOf<'auth.me'>

const AccountContext = createContext<Account | null>(null)

/** Who is signed in. Only within SignedIn. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('useAccount is called outside of SignedIn.')
  return account
}

/** Leaves for the sign-in page, which leads back here. */
function goToSignIn(): void {
  const here = `${location.pathname}${location.search}${location.hash}`
  location.replace(`/signin?next=${encodeURIComponent(here)}`)
}

/** Shows what is within to somebody signed in, and leads everybody else to the sign-in page. */
export function SignedIn({ call, children }: { call: Call<'auth.me'>; children: ReactNode }) {
  const t = useOwnTranslations('common')
  const [account, setAccount] = useState<Account | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const lost = t('connectionLost')
  const load = useCallback(async () => {
    setFault(null)
    try {
      setAccount(await call('auth.me', {}))
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 401) goToSignIn()
      else setFault(faultText(failure, lost))
    }
  }, [call, lost])
  useEffect(() => {
    void load()
  }, [load])
  if (account)
    return (
      <AccountContext value={account}>
        <DraftOwner id={account.impersonatedBy ? null : account.id}>{children}</DraftOwner>
      </AccountContext>
    )
  return (
    <div className="grid min-h-dvh place-items-center p-6">
      {fault ? (
        <div className="flex max-w-md flex-col items-start gap-4">
          <Notice tone="error" live>
            {fault}
          </Notice>
          <Button onPress={load}>{t('retry')}</Button>
        </div>
      ) : (
        <Spinner label={t('loading')} />
      )}
    </div>
  )
}
