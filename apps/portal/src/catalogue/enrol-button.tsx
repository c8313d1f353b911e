'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { ApiError, call } from '../lib/api.browser.ts'

/** Enrols the person who is signed in, and goes to the course. */
export function EnrolButton({ courseId, destination }: { courseId: string; destination: string }) {
  const t = useTranslations('course')
  const common = useTranslations('common')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const enrol = async () => {
    setBusy(true)
    setFault(null)
    try {
      await call('education.enroll', { courseId })
      location.assign(destination)
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setBusy(false)
    }
  }
  return (
    <>
      <Button size="large" onPress={enrol} isPending={busy}>
        {busy ? t('enrolling') : t('enrol')}
      </Button>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
    </>
  )
}
