'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useState } from 'react'
import { CodeField } from '../account/code-field.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'

type TotpDialogProps = {
  secret: OutputOf<'auth.startTotp'>
  onConfirmed: (recoveryCodes: string[]) => void
  onClose: () => void
}

/** Hands the secret to an authenticator app, and takes its first code. */
export function TotpDialog({ secret, onConfirmed, onClose }: TotpDialogProps) {
  const t = useTranslations('security')
  const common = useTranslations('common')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(secret.secret)
    setCopied(true)
  }
  const submit = async (data: FormData) => {
    const { codes } = await call('auth.confirmTotp', { code: String(data.get('code')) })
    onConfirmed(codes)
  }
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      title={t('setUpTitle')}
      closeLabel={common('close')}
    >
      <p>{t('step1')}</p>
      {/* White around it in the dark too: cameras read dark on light. */}
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(secret.qr)}`}
        alt={t('qr')}
        className="size-48 self-center rounded-control border border-line bg-white p-2"
      />
      <a
        href={secret.uri}
        className="self-center py-1 font-semibold text-accent-ink underline underline-offset-4 sm:hidden"
      >
        {t('openInApp')}
      </a>
      <div className="flex flex-col gap-1.5 text-sm">
        <p className="text-muted">{t('cannotScan')}</p>
        <div className="flex flex-wrap items-center gap-2">
          <code className="min-w-0 flex-1 basis-48 rounded-control bg-sunken px-3 py-2 font-mono text-base break-all">
            {secret.secret.match(/.{1,4}/g)?.join(' ')}
          </code>
          <Button variant="secondary" size="small" onPress={copy}>
            <Icon name={copied ? 'check' : 'copy'} />
            {copied ? t('copied') : t('copy')}
          </Button>
        </div>
      </div>
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <CodeField label={t('code')} description={`${t('step2')} ${t('otherSessionsEnd')}`} />
        <SubmitButton>{t('confirmCode')}</SubmitButton>
      </Form>
    </Dialog>
  )
}
