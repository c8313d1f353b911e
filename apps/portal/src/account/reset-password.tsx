'use client'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { EmailDone, isSpentLink, LinkMissing, LinkSpent } from './email-link.tsx'
import { PasswordField } from './password-field.tsx'
import { useFragment } from './use-fragment.ts'

/** Sets a new password with the token that the email brought in the fragment. */
export function ResetPassword() {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const fragment = useFragment()
  const [state, setState] = useState<'open' | 'done' | 'spent'>('open')
  const token = fragment?.get('token')
  if (state === 'done') return <EmailDone title={t('resetDone')}>{t('resetDoneText')}</EmailDone>
  const askAnew = (
    <LinkButton href="/forgot-password" variant="secondary">
      {t('newLetter')}
    </LinkButton>
  )
  if (state === 'spent') return <LinkSpent action={askAnew} />
  if (fragment && !token)
    return (
      <>
        <LinkMissing />
        {askAnew}
      </>
    )
  const submit = async (data: FormData) => {
    try {
      await call('auth.resetPassword', { token: token ?? '', password: String(data.get('password')) })
      setState('done')
    } catch (failure) {
      if (!isSpentLink(failure)) throw failure
      setState('spent')
    }
  }
  return (
    <Form onSubmit={submit} failure={common('connectionLost')}>
      <PasswordField
        label={t('newPassword')}
        name="password"
        description={t('passwordHelp')}
        autoComplete="new-password"
        minLength={10}
        isRequired
      />
      <SubmitButton size="large">{t('resetSave')}</SubmitButton>
    </Form>
  )
}
