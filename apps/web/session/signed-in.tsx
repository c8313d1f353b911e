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

/** Who looks at the page: a person who is signed in, or a visitor; and the school at this address. */
type Viewer = { account: Account | null; school: string }

const ViewerContext = createContext<Viewer | null>(null)

function useViewer(): Viewer {
  const viewer = useContext(ViewerContext)
  if (!viewer) throw new Error('useAccount and its sisters are called outside of SignedIn.')
  return viewer
}

/** Who is signed in. Only where a visitor cannot get. */
export function useAccount(): Account {
  const { account } = useViewer()
  if (!account) throw new Error('useAccount is called where a visitor can get; use useOptionalAccount.')
  return account
}

/** Who is signed in, or null for a visitor. */
export const useOptionalAccount = (): Account | null => useViewer().account

/** The name of the school that the page belongs to. */
export const useSchoolName = (): string => useViewer().school

/** The address of the sign-in page, which leads back here. */
export function signInAddress(): string {
  const here = `${location.pathname}${location.search}${location.hash}`
  return `/signin?next=${encodeURIComponent(here)}`
}

type SignedInProps = {
  call: Call<'auth.me' | 'auth.organization'>
  /** Whether visitors see what is within, too. */
  isOpen?: boolean
  children: ReactNode
}

/** Shows what is within to a person who is signed in. Visitors see it where it is open; otherwise they sign in first. */
export function SignedIn({ call, isOpen = false, children }: SignedInProps) {
  const t = useOwnTranslations('common')
  const [viewer, setViewer] = useState<Viewer | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const lost = t('connectionLost')
  const load = useCallback(async () => {
    setFault(null)
    try {
      const account = await call('auth.me', {}).catch((failure: unknown) => {
        if (failure instanceof ApiError && failure.status === 401) return null
        throw failure
      })
      if (account) setViewer({ account, school: account.organization.name })
      else if (isOpen) setViewer({ account, school: (await call('auth.organization', {})).name })
      else location.replace(signInAddress())
    } catch (failure) {
      setFault(faultText(failure, lost))
    }
  }, [call, isOpen, lost])
  useEffect(() => {
    void load()
  }, [load])
  if (viewer)
    return (
      <ViewerContext value={viewer}>
        <DraftOwner id={viewer.account?.impersonatedBy ? null : (viewer.account?.id ?? null)}>
          {children}
        </DraftOwner>
      </ViewerContext>
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
