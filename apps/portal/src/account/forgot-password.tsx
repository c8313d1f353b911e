'use client'
import { Button } from '@azora/ui/button.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { MailboxNote } from './mailbox-note.tsx'

/** Asks for the email with which a new password is set. */
export function ForgotPassword({ localMailbox }: { localMailbox: boolean }) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const [sentTo, setSentTo] = useState<string | null>(null)
  if (sentTo)
    return (
      <>
        <Notice tone="success" title={t('forgotSent')} live>
          {t('forgotSentText', { email: sentTo })}
        </Notice>
        {localMailbox ? <MailboxNote /> : null}
        <p className="text-sm text-muted">{t('forgotNothing')}</p>
        <Button variant="secondary" onPress={() => setSentTo(null)}>
          {t('tryAnother')}
        </Button>
      </>
    )
  const submit = async (data: FormData) => {
    const email = String(data.get('email')).trim()
    await call('auth.forgotPassword', { email })
    setSentTo(email)
  }
  return (
    <Form onSubmit={submit} failure={common('connectionLost')}>
      <TextField label={t('email')} name="email" type="email" autoComplete="username" isRequired />
      <SubmitButton size="large">{t('forgotSend')}</SubmitButton>
    </Form>
  )
}
