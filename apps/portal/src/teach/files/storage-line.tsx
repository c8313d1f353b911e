'use client'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { sizeText } from '@azora/web/size.ts'
import { useEffect } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'

/**
 * What one's own files take of what they may. Nothing is shown while it is not known: nobody came for it.
 * @param changed renews it.
 */
export function StorageLine({ changed }: { changed?: unknown }) {
  const t = useTranslations('files')
  const locale = useLocale()
  const { value, failure } = useLoad('storage', signal => call('education.getStorageUse', {}, { signal }), {
    by: changed,
  })
  useEffect(() => {
    if (failure) console.warn('The use of storage could not be read.', failure)
  }, [failure])
  if (!value) return null
  const { usedBytes, limitBytes } = value.own
  return (
    <ProgressBar
      label={t('storage')}
      percent={(usedBytes / limitBytes) * 100}
      note={t('storageOf', { used: sizeText(locale, usedBytes), limit: sizeText(locale, limitBytes) })}
    />
  )
}
