'use client'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { PasswordField } from './password-field.tsx'

/** Takes address and password. What the API answers goes to `onAnswer`. */
export function SignInForm({ onAnswer }: { onAnswer: (answer: OutputOf<'auth.login'>) => Promise<void> }) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const submit = async (data: FormData) => {
    const answer = await call('auth.login', {
      email: String(data.get('email')),
      password: String(data.get('password')),
      session: 'cookie',
    })
    await onAnswer(answer)
  }
  return (
    <Form onSubmit={submit} failure={common('connectionLost')}>
      <TextField label={t('email')} name="email" type="email" autoComplete="username webauthn" isRequired />
      <div className="flex flex-col gap-1">
        <PasswordField label={t('password')} name="password" autoComplete="current-password" isRequired />
        <a
          href="/forgot-password"
          className="self-end py-1.5 text-sm font-semibold text-accent-ink underline underline-offset-4"
        >
          {t('forgotLink')}
        </a>
      </div>
      <SubmitButton size="large">{t('signIn')}</SubmitButton>
    </Form>
  )
}
