'use client'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { PasswordField } from './password-field.tsx'

export type NewAccount = { name: string; email: string; password: string }

type SignUpFormProps = {
  /** What was typed before someone came back from the next step. */
  before: NewAccount | null
  onSubmit: (given: NewAccount) => Promise<void>
}

/** Takes what a new account needs. */
export function SignUpForm({ before, onSubmit }: SignUpFormProps) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const submit = (data: FormData) =>
    onSubmit({
      name: String(data.get('name')),
      email: String(data.get('email')),
      password: String(data.get('password')),
    })
  return (
    <Form onSubmit={submit} failure={common('connectionLost')}>
      <TextField
        label={t('name')}
        name="name"
        description={t('nameHelp')}
        autoComplete="name"
        maxLength={120}
        defaultValue={before?.name ?? ''}
        isRequired
      />
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={before?.email ?? ''}
        isRequired
      />
      <PasswordField
        label={t('password')}
        name="password"
        description={t('passwordHelp')}
        autoComplete="new-password"
        minLength={10}
        defaultValue={before?.password ?? ''}
        isRequired
      />
      <SubmitButton size="large">{t('signUp')}</SubmitButton>
    </Form>
  )
}
