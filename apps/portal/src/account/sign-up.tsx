'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { ApiError } from '@azora/web/calls/failures.ts'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import type { Arrival } from '../lib/arrival.ts'
import { CodeStep } from './code-step.tsx'
import { enter } from './enter.ts'
import {
  forgetPendingSignUp,
  keepPendingSignUp,
  type PendingSignUp,
  readPendingSignUp,
} from './pending-sign-up.ts'
import { OrLine, type Provider, ProviderLinks } from './provider-links.tsx'
import { type NewAccount, SignUpForm } from './sign-up-form.tsx'
import { useFragment } from './use-fragment.ts'

type SignUpProps = { arrival: Arrival; providers: Provider[]; localMailbox: boolean }

/** Opens an account in two steps: what it needs, then the code from the email. */
export function SignUp({ arrival, providers, localMailbox }: SignUpProps) {
  const t = useTranslations('account')
  const code = useFragment()?.get('code') ?? undefined
  const [given, setGiven] = useState<NewAccount | null>(null)
  const [pending, setPending] = useState<PendingSignUp | null>(null)
  const [spent, setSpent] = useState(false)
  // Anyone who comes by the link of an email goes on with what this browser began; elsewhere the link opens nothing.
  useEffect(() => {
    if (code) setPending(readPendingSignUp())
  }, [code])

  const ask = async (asked: NewAccount) => {
    const { id, expiresAt } = await call('auth.register', asked)
    const waiting = { ...arrival, id, expiresAt, email: asked.email.trim() }
    keepPendingSignUp(waiting)
    setGiven(asked)
    setPending(waiting)
    setSpent(false)
  }
  const back = () => {
    forgetPendingSignUp()
    setPending(null)
    if (location.hash) location.hash = ''
  }
  if (pending) {
    const confirm = async (typed: string) => {
      try {
        const { account } = await call('auth.confirmRegistration', {
          id: pending.id,
          code: typed,
          session: 'cookie',
        })
        forgetPendingSignUp()
        await enter(account.id, pending.destination, pending.courseId)
      } catch (failure) {
        if (!(failure instanceof ApiError && failure.code === 'link_expired')) throw failure
        setSpent(true)
        back()
      }
    }
    return (
      <CodeStep
        key={pending.id}
        email={pending.email}
        given={code}
        localMailbox={localMailbox}
        confirmLabel={t('openAccount')}
        onConfirm={confirm}
        onResend={given ? () => ask(given) : null}
        onBack={back}
      />
    )
  }
  return (
    <>
      {spent || code ? (
        <Notice tone="warning" live>
          {spent ? t('codeSpent') : t('codeElsewhere')}
        </Notice>
      ) : null}
      <SignUpForm before={given} onSubmit={ask} />
      {providers.length > 0 ? (
        <>
          <OrLine />
          <ProviderLinks providers={providers} arrival={arrival} />
        </>
      ) : null}
    </>
  )
}
