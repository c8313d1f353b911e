'use client'
import { Button } from '@azora/ui/button.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { CodeField } from './code-field.tsx'
import { MailboxNote } from './mailbox-note.tsx'

// As long as an email may take without anyone losing patience.
const resendAfterSeconds = 60

type CodeStepProps = {
  /** Where the email went; null when this browser does not know it any more. */
  email: string | null
  /** A code that the link in the email brought along. */
  given?: string | undefined
  localMailbox: boolean
  confirmLabel: string
  onConfirm: (code: string) => Promise<void>
  /** Sends another email; null when this browser no longer knows what to ask for. */
  onResend: (() => Promise<void>) | null
  onBack: () => void
}

/** Takes the code that went out by email, and sends another one after a minute. */
export function CodeStep(props: CodeStepProps) {
  const { email, given, localMailbox, confirmLabel, onConfirm, onResend, onBack } = props
  const t = useTranslations('account')
  const common = useTranslations('common')
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1.5">
        <h2 className="text-xl font-bold">{t('codeTitle')}</h2>
        <p className="text-muted" role="status">
          {given ? t('codeFromLink') : email ? t('codeSent', { email }) : t('codeSentUnnamed')}
        </p>
      </div>
      {localMailbox && !given ? <MailboxNote /> : null}
      <Form
        key={given ?? ''}
        onSubmit={data => onConfirm(String(data.get('code')))}
        failure={common('connectionLost')}
      >
        <CodeField label={t('code')} description={t('codeHelp')} defaultValue={given ?? ''} autoFocus />
        <SubmitButton size="large">{confirmLabel}</SubmitButton>
      </Form>
      <div className="flex flex-wrap items-center justify-between gap-2">
        {onResend ? <Resend onResend={onResend} /> : null}
        <Button variant="quiet" size="small" onPress={onBack}>
          {t('wrongAddress')}
        </Button>
      </div>
    </div>
  )
}

function Resend({ onResend }: { onResend: () => Promise<void> }) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const [left, setLeft] = useState(resendAfterSeconds)
  const [state, setState] = useState<'idle' | 'busy' | 'sent' | 'failed'>('idle')
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  const resend = async () => {
    setState('busy')
    try {
      await onResend()
      setState('sent')
      setLeft(resendAfterSeconds)
    } catch {
      setState('failed')
    }
  }
  return (
    <>
      {state === 'sent' || state === 'failed' ? (
        <div className="w-full">
          <Notice tone={state === 'sent' ? 'success' : 'error'} live>
            {state === 'sent' ? t('resent') : common('connectionLost')}
          </Notice>
        </div>
      ) : null}
      {left > 0 ? (
        <p className="text-sm text-muted tabular-nums">{t('resendIn', { seconds: left })}</p>
      ) : (
        <Button variant="quiet" size="small" onPress={resend} isPending={state === 'busy'}>
          {t('resend')}
        </Button>
      )}
    </>
  )
}
