'use client'
import { Button } from '@azora/ui/button.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { ApiError } from '../lib/api.browser.ts'
import { type InvitationEnd, invitationEnd } from './invitation-ended.tsx'
import { keepInvitation } from './kept-invitation.ts'
import { OtherAccount } from './other-account.tsx'
import { PasswordField } from './password-field.tsx'

export type Offer = OutputOf<'auth.lookUpInvitation'>

type AcceptInvitationProps = {
  token: string
  offer: Offer
  /** The address of the visitor, or null. */
  signedInAs: string | null
  onAnswer: (answer: OutputOf<'auth.acceptInvitation'>) => Promise<void>
  /** The invitation can no longer be accepted. */
  onEnd: (end: InvitationEnd) => void
  /** The address has got an account since the invitation was looked up. */
  onAccountExists: () => void
}

/** What an invitation offers, and the fields that accepting it needs of this visitor. */
export function AcceptInvitation({
  token,
  offer,
  signedInAs,
  onAnswer,
  onEnd,
  onAccountExists,
}: AcceptInvitationProps) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const locale = useLocale()
  const { email, accountExists } = offer
  // The session proves who it is, unless it has run out meanwhile: then the password does.
  const [unproven, setUnproven] = useState(false)
  const oneself = accountExists && signedInAs === email && !unproven
  const roles = new Intl.ListFormat(locale).format(offer.roles.map(role => t(`role_${role}`)))
  const submit = async (data: FormData) => {
    const text = (name: string) => {
      const value = data.get(name)
      return value === null ? {} : { [name]: String(value) }
    }
    try {
      await onAnswer(
        await call('auth.acceptInvitation', {
          token,
          ...text('name'),
          ...text('password'),
          session: 'cookie',
        }),
      )
    } catch (failure) {
      if (oneself && failure instanceof ApiError && failure.code === 'wrong_credentials') setUnproven(true)
      else if (failure instanceof ApiError && failure.data.detail === 'account_exists') onAccountExists()
      else {
        const end = invitationEnd(failure)
        if (!end) throw failure
        onEnd(end)
      }
    }
  }
  const signInFirst = () => {
    keepInvitation(token)
    location.assign(`/signin?next=${encodeURIComponent('/invitation')}`)
  }
  return (
    <>
      <div className="flex flex-col gap-1.5" role="status">
        <h2 className="text-xl font-bold">{t('invitationTo', { school: offer.organization.name, email })}</h2>
        <p>{t('invitationAs', { roles })}</p>
        <p className="text-muted">
          {oneself ? t('invitationSignedIn') : accountExists ? t('invitationExisting') : t('invitationNew')}
        </p>
      </div>
      {signedInAs && signedInAs !== email ? (
        <OtherAccount token={token} signedInAs={signedInAs} invited={email} />
      ) : null}
      <Form onSubmit={submit} failure={common('connectionLost')}>
        {accountExists ? null : (
          <>
            <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
            <TextField
              label={t('name')}
              name="name"
              description={t('nameHelp')}
              autoComplete="name"
              maxLength={120}
              defaultValue={offer.name ?? ''}
              isRequired
            />
          </>
        )}
        {oneself ? null : (
          <PasswordField
            label={t('password')}
            name="password"
            description={accountExists ? undefined : t('passwordHelp')}
            autoComplete={accountExists ? 'current-password' : 'new-password'}
            {...(accountExists ? {} : { minLength: 10 })}
            isRequired
          />
        )}
        <SubmitButton size="large">{t('invitationAccept')}</SubmitButton>
      </Form>
      {accountExists && !oneself && !signedInAs ? (
        <Button variant="quiet" onPress={signInFirst}>
          {t('invitationElsewhere')}
        </Button>
      ) : null}
    </>
  )
}
