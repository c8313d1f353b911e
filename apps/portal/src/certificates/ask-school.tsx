'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../lib/api.browser.ts'
import { CheckList } from './check-list.tsx'

type Answer = OutputOf<'education.verifyCredential'>

/** Sends a credential to the school, on request, which knows its own keys and what it revoked. */
export function AskSchool({ text }: { text: string }) {
  const t = useTranslations('verify')
  const common = useTranslations('common')
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    setBusy(true)
    setFault(null)
    try {
      setAnswer(await call('education.verifyCredential', { credential: JSON.parse(text) }))
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
    } finally {
      setBusy(false)
    }
  }
  if (answer) {
    const good = answer.valid && answer.issuedHere
    return (
      <Notice tone={good ? 'success' : 'error'} title={good ? t('issuedHere') : t('notIssuedHere')} live>
        <CheckList checks={answer.checks} t={t} />
        {answer.certificateId ? (
          <p className="mt-3">
            <a
              href={`/certificates/${answer.certificateId}`}
              className="font-semibold underline underline-offset-4"
            >
              {t('openPage')}
            </a>
          </p>
        ) : null}
      </Notice>
    )
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <Button variant="secondary" onPress={ask} isPending={busy}>
        {busy ? t('asking') : t('ask')}
      </Button>
      <p className="text-sm text-muted">{t('askText')}</p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
    </div>
  )
}
