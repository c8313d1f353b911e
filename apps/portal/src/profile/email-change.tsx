'use client'
import { Button } from '@azora/ui/button.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { CodeStep } from '../account/code-step.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'

type Step = { at: 'rest' } | { at: 'form' } | { at: 'code'; id: string; email: string }

/** Changes the e-mail address: the new one, then the code that went there. */
export function EmailChange({ email, localMailbox }: { email: string; localMailbox: boolean }) {
  const t = useTranslations('profile')
  const common = useTranslations('common')
  const [shown, setShown] = useState(email)
  const [step, setStep] = useState<Step>({ at: 'rest' })
  const ask = async (wanted: string) => {
    const { id } = await call('auth.startEmailChange', { email: wanted })
    setStep({ at: 'code', id, email: wanted })
  }
  if (step.at === 'code')
    return (
      <CodeStep
        key={step.id}
        email={step.email}
        localMailbox={localMailbox}
        confirmLabel={t('confirm')}
        onConfirm={async code => {
          const account = await call('auth.confirmEmailChange', { id: step.id, code })
          setShown(account.email)
          setStep({ at: 'rest' })
        }}
        onResend={() => ask(step.email)}
        onBack={() => setStep({ at: 'form' })}
      />
    )
  return (
    <>
      {shown !== email ? (
        <Notice tone="success" live>
          {t('changed', { email: shown })}
        </Notice>
      ) : null}
      {step.at === 'rest' ? (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 font-semibold break-all">{shown}</p>
          <Button variant="secondary" onPress={() => setStep({ at: 'form' })}>
            {t('change')}
          </Button>
        </div>
      ) : (
        <Form onSubmit={data => ask(String(data.get('email')).trim())} failure={common('connectionLost')}>
          <TextField
            label={t('newEmail')}
            name="email"
            type="email"
            autoComplete="email"
            isRequired
            autoFocus
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton>{t('send')}</SubmitButton>
            <Button variant="quiet" onPress={() => setStep({ at: 'rest' })}>
              {common('cancel')}
            </Button>
          </div>
        </Form>
      )}
    </>
  )
}
