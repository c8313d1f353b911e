'use client'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'

/** Sends a gift by email, with a few words. */
export function SendGift({ orderId }: { orderId: string }) {
  const t = useTranslations('gift')
  const common = useTranslations('common')
  const [sent, setSent] = useState<{ to: string; times: number } | null>(null)
  const send = async (data: FormData) => {
    const email = String(data.get('email') ?? '').trim()
    // It is one line of the email.
    const message = String(data.get('message') ?? '').replace(/\s+/g, ' ')
    await call('payments.sendGift', { orderId, email, message })
    setSent(before => ({ to: email, times: (before?.times ?? 0) + 1 }))
  }
  return (
    <>
      {sent ? (
        <Notice tone="success" live>
          {t('sent', { email: sent.to })}
        </Notice>
      ) : null}
      <Form key={sent?.times ?? 0} onSubmit={send} failure={common('connectionLost')}>
        <TextField
          name="email"
          type="email"
          label={t('email')}
          autoComplete="off"
          maxLength={254}
          isRequired
        />
        <TextArea
          name="message"
          label={t('message')}
          description={t('messageHelp')}
          rows={2}
          maxLength={500}
        />
        <div>
          <SubmitButton variant="secondary">{t('send')}</SubmitButton>
        </div>
      </Form>
    </>
  )
}
