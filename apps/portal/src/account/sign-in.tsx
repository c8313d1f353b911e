'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Arrival } from '../lib/arrival.ts'
import { enter } from './enter.ts'
import { offersPasskeys, signInByPasskey } from './passkey.ts'
import { OrLine, type Provider, ProviderLinks } from './provider-links.tsx'
import { type Challenge, methodsIn, SecondFactor } from './second-factor.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { useFragment } from './use-fragment.ts'
import { usePasskeyPress } from './use-passkey-press.ts'

/** All ways in, and the second step, which may also come from a provider in the fragment of the address. */
export function SignIn({ arrival, providers }: { arrival: Arrival; providers: Provider[] }) {
  const { destination, courseId } = arrival
  const t = useTranslations('account')
  const fragment = useFragment()
  const [asked, setAsked] = useState<Pick<Challenge, 'token' | 'methods'> | null>(null)
  const token = fragment?.get('challenge')
  const challenge = asked ?? (token ? { token, methods: methodsIn(fragment?.get('methods') ?? '') } : null)
  const signedIn = (account: { id: string }) => enter(account.id, destination, courseId)
  const passkey = usePasskeyPress(() => signInByPasskey(), signedIn)
  const offering = fragment !== null && challenge === null

  useEffect(() => {
    if (!offering) return
    // Nobody asked for it yet, so nobody is told when it does not work: the button stands there.
    offersPasskeys()
      .then(offers => (offers ? signInByPasskey({ autofill: true }) : null))
      .then(account => account && enter(account.id, destination, courseId))
      .catch(() => undefined)
  }, [offering, destination, courseId])

  if (challenge)
    return (
      <SecondFactor
        challenge={challenge}
        onSignedIn={signedIn}
        onGiveUp={() => {
          setAsked(null)
          location.hash = ''
        }}
      />
    )
  return (
    <>
      <SignInForm
        onAnswer={async answer => {
          if (answer.account) await signedIn(answer.account)
          else setAsked(answer.challenge)
        }}
      />
      <OrLine />
      {passkey.fault ? (
        <Notice tone="error" live>
          {passkey.fault}
        </Notice>
      ) : null}
      <Button variant="secondary" onPress={passkey.press} isPending={passkey.pending}>
        <Icon name="key" />
        {t('passkey')}
      </Button>
      <ProviderLinks providers={providers} arrival={arrival} />
    </>
  )
}
