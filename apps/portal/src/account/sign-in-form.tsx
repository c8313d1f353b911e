'use client'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { enter } from './enter.ts'
import { PasswordField } from './password-field.tsx'

/** Signs in and goes on to `destination`. */
export function SignInForm({ destination, courseId }: { destination: string; courseId: string | null }) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const submit = async (data: FormData) => {
    const { account } = await call('auth.login', {
      email: String(data.get('email')),
      password: String(data.get('password')),
      session: 'cookie',
    })
    await enter(account.id, destination, courseId)
  }
  return (
    <Form onSubmit={submit} failure={common('connectionLost')}>
      <TextField label={t('email')} name="email" type="email" autoComplete="username" isRequired />
      <PasswordField label={t('password')} name="password" autoComplete="current-password" isRequired />
      <SubmitButton size="large">{t('signIn')}</SubmitButton>
    </Form>
  )
}
