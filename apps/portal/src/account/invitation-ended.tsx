'use client'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ApiError } from '@azora/web/calls/failures.ts'
import { useTranslations } from '../i18n/client.tsx'
import { startAddress } from '../lib/landing.ts'
import { isSpentLink } from './email-link.tsx'

const ends = ['accepted', 'revoked', 'expired', 'replaced', 'already_member', 'suspended'] as const
export type InvitationEnd = (typeof ends)[number]

/** Why an invitation can no longer be accepted; null for a failure that trying again may mend. */
export function invitationEnd(failure: unknown): InvitationEnd | null {
  if (!(failure instanceof ApiError)) return null
  if (failure.code === 'account_suspended') return 'suspended'
  const named = ends.find(end => end === failure.data.detail)
  return named ?? (isSpentLink(failure) ? 'replaced' : null)
}

// Where signing in is the next step, or may be; after the others only the school can help.
const signInHelps: InvitationEnd[] = ['accepted', 'already_member']

/** Says what happened to an invitation, and offers the next step. */
export function InvitationEnded({ end, signedIn }: { end: InvitationEnd; signedIn: boolean }) {
  const t = useTranslations('account')
  return (
    <>
      <Notice tone="warning" title={t(`invitationEnded_${end}`)} live>
        {t(`invitationEndedText_${end}`)}
      </Notice>
      {signedIn ? (
        <LinkButton href={startAddress} size="large">
          {t('invitationContinue')}
        </LinkButton>
      ) : signInHelps.includes(end) ? (
        <LinkButton href="/signin" size="large">
          {t('toSignIn')}
        </LinkButton>
      ) : null}
    </>
  )
}
