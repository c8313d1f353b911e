'use client'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { startAddress } from '../lib/landing.ts'
import { AcceptInvitation } from './accept-invitation.tsx'
import { LinkMissing } from './email-link.tsx'
import { enter } from './enter.ts'
import { type InvitationEnd, InvitationEnded, invitationEnd } from './invitation-ended.tsx'
import { forgetInvitation, readKeptInvitation } from './kept-invitation.ts'
import { type Challenge, SecondFactor } from './second-factor.tsx'
import { useFragment } from './use-fragment.ts'

/** Shows what an invitation offers, and takes the person who accepts it in. `signedInAs` is the address of who visits. */
export function Invitation({ signedInAs }: { signedInAs: string | null }) {
  const t = useTranslations('account')
  const fragment = useFragment()
  const [ended, setEnded] = useState<InvitationEnd | null>(null)
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  const token = fragment ? (fragment.get('token') ?? readKeptInvitation()) : null
  const found = useLoad(token, signal => call('auth.lookUpInvitation', { token: token ?? '' }, { signal }))
  const offer = found.value
  const end = ended ?? invitationEnd(found.failure)

  const signedIn = async (account: { id: string }) => {
    forgetInvitation()
    await enter(account.id, startAddress, null)
  }
  if (challenge)
    return (
      <SecondFactor challenge={challenge} onSignedIn={signedIn} onGiveUp={() => location.assign('/signin')} />
    )
  if (fragment && !token) return <LinkMissing />
  if (end) return <InvitationEnded end={end} signedIn={signedInAs !== null} />
  if (found.fault) return <LoadFailed fault={found.fault} onRetry={found.reload} />
  if (!offer || !token)
    return (
      <div className="flex items-center gap-3 py-4 text-muted">
        <Spinner />
        <p role="status">{t('invitationLooking')}</p>
      </div>
    )
  return (
    <AcceptInvitation
      token={token}
      offer={offer}
      signedInAs={signedInAs}
      onAnswer={async answer => {
        if (answer.account) await signedIn(answer.account)
        else setChallenge(answer.challenge)
      }}
      onEnd={setEnded}
      onAccountExists={() => found.replace({ ...offer, accountExists: true })}
    />
  )
}
