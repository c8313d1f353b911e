'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { startAddress } from '../lib/landing.ts'
import { AcceptInvitation, type Offer } from './accept-invitation.tsx'
import { LinkMissing } from './email-link.tsx'
import { enter } from './enter.ts'
import { type InvitationEnd, InvitationEnded, invitationEnd } from './invitation-ended.tsx'
import { forgetInvitation, readKeptInvitation } from './kept-invitation.ts'
import { type Challenge, SecondFactor } from './second-factor.tsx'
import { useFragment } from './use-fragment.ts'

type Found = { offer: Offer } | { fault: string } | { end: InvitationEnd } | 'looking'

/** Shows what an invitation offers, and takes whoever accepts it in. `signedInAs` is the address of who visits. */
export function Invitation({ signedInAs }: { signedInAs: string | null }) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const fragment = useFragment()
  const [found, setFound] = useState<Found>('looking')
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  const token = fragment ? (fragment.get('token') ?? readKeptInvitation()) : null
  const lost = common('connectionLost')
  useEffect(() => {
    if (!token) return
    call('auth.lookUpInvitation', { token }).then(
      offer => setFound({ offer }),
      (failure: unknown) => {
        const end = invitationEnd(failure)
        setFound(end ? { end } : { fault: faultText(failure, lost) })
      },
    )
  }, [token, lost])

  const signedIn = async (account: { id: string }) => {
    forgetInvitation()
    await enter(account.id, startAddress, null)
  }
  if (challenge)
    return (
      <SecondFactor challenge={challenge} onSignedIn={signedIn} onGiveUp={() => location.assign('/signin')} />
    )
  if (fragment && !token) return <LinkMissing />
  if (found === 'looking' || !token)
    return (
      <div className="flex items-center gap-3 py-4 text-muted">
        <Spinner />
        <p role="status">{t('invitationLooking')}</p>
      </div>
    )
  if ('end' in found) return <InvitationEnded end={found.end} signedIn={signedInAs !== null} />
  if ('fault' in found)
    return (
      <Notice tone="error" live>
        {found.fault}
      </Notice>
    )
  return (
    <AcceptInvitation
      token={token}
      offer={found.offer}
      signedInAs={signedInAs}
      onAnswer={async answer => {
        if (answer.account) await signedIn(answer.account)
        else setChallenge(answer.challenge)
      }}
      onEnd={end => setFound({ end })}
      onAccountExists={() => setFound({ offer: { ...found.offer, accountExists: true } })}
    />
  )
}
