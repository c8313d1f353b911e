'use client'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { enter } from './enter.ts'
import { PasswordField } from './password-field.tsx'

/** Opens an account, signs in, and goes on to `destination`. */
export function SignUpForm({ destination, courseId }: { destination: string; courseId: string | null }) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const submit = async (data: FormData) => {
    const { account } = await call('auth.register', {
      name: String(data.get('name')),
      email: String(data.get('email')),
      password: String(data.get('password')),
      session: 'cookie',
    })
    await enter(account.id, destination, courseId)
  }
  return (
    <Form onSubmit={submit} failure={common('connectionLost')}>
      <TextField
        label={t('name')}
        name="name"
        description={t('nameHelp')}
        autoComplete="name"
        maxLength={120}
        isRequired
      />
      <TextField label={t('email')} name="email" type="email" autoComplete="username" isRequired />
      <PasswordField
        label={t('password')}
        name="password"
        description={t('passwordHelp')}
        autoComplete="new-password"
        minLength={10}
        isRequired
      />
      <SubmitButton size="large">{t('signUp')}</SubmitButton>
    </Form>
  )
}
