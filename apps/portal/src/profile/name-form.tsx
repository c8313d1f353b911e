'use client'
import { SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'

/** Changes the name under which one appears. */
export function NameForm({ name }: { name: string }) {
  const t = useTranslations('profile')
  const common = useTranslations('common')
  const [saved, setSaved] = useState(false)
  const submit = async (data: FormData) => {
    setSaved(false)
    await call('auth.updateMe', { name: String(data.get('name')) })
    setSaved(true)
  }
  return (
    <DraftForm thing="own-name" onSubmit={submit} failure={common('connectionLost')}>
      {saved ? (
        <Notice tone="success" live>
          {t('saved')}
        </Notice>
      ) : null}
      <TextField
        label={t('name')}
        name="name"
        description={t('nameHelp')}
        autoComplete="name"
        defaultValue={name}
        maxLength={120}
        isRequired
      />
      <SubmitButton className="self-start">{t('save')}</SubmitButton>
    </DraftForm>
  )
}
