'use client'
import { Button } from '@azora/ui/button.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { PasswordField } from '../account/password-field.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'

/** Changes the password, or sets the first one. */
export function PasswordChange({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const t = useTranslations('security')
  const common = useTranslations('common')
  const [has, setHas] = useState(hasPassword)
  const [open, setOpen] = useState(false)
  const [changed, setChanged] = useState(false)
  const submit = async (data: FormData) => {
    await call('auth.changePassword', {
      currentPassword: has ? String(data.get('currentPassword')) : null,
      newPassword: String(data.get('newPassword')),
    })
    setHas(true)
    setOpen(false)
    setChanged(true)
  }
  return (
    <>
      {changed ? (
        <Notice tone="success" live>
          {t('passwordChanged')}
        </Notice>
      ) : null}
      {open ? (
        <Form onSubmit={submit} failure={common('connectionLost')}>
          {/* Tells the browser's password manager whose password it is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          {has ? (
            <PasswordField
              label={t('currentPassword')}
              name="currentPassword"
              autoComplete="current-password"
              isRequired
              autoFocus
            />
          ) : null}
          <PasswordField
            label={t('newPassword')}
            name="newPassword"
            description={`${t('passwordHelp')} ${t('passwordEnds')}`}
            autoComplete="new-password"
            minLength={10}
            isRequired
            autoFocus={!has}
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton>{has ? t('changePassword') : t('setPassword')}</SubmitButton>
            <Button variant="quiet" onPress={() => setOpen(false)}>
              {common('cancel')}
            </Button>
          </div>
        </Form>
      ) : (
        <Button
          variant="secondary"
          className="self-start"
          onPress={() => {
            setChanged(false)
            setOpen(true)
          }}
        >
          {has ? t('changePassword') : t('setPassword')}
        </Button>
      )}
    </>
  )
}
