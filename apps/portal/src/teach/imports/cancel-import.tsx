'use client'
import { Button } from '@azora/ui/button.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, ConnectionLost, call } from '../../lib/api.browser.ts'
import type { CourseImport } from './import-state.tsx'

/** Ends an import. Nothing that was there before is lost by it, so it asks no question. */
export function CancelImport({
  importId,
  cancelled,
  failed,
}: {
  importId: string
  /** How the import stands then: it may have finished first. */
  cancelled(now: CourseImport): void
  failed(message: string): void
}) {
  const t = useTranslations('imports')
  const common = useTranslations('common')
  const [busy, setBusy] = useState(false)
  async function cancel() {
    setBusy(true)
    try {
      cancelled(await call('education.cancelImport', { importId }))
    } catch (failure) {
      setBusy(false)
      if (failure instanceof ConnectionLost) failed(common('connectionLost'))
      else if (failure instanceof ApiError) failed(failure.message)
      else throw failure
    }
  }
  return (
    <Button variant="secondary" isPending={busy} onPress={cancel}>
      {t('cancel')}
    </Button>
  )
}
