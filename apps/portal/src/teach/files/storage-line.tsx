'use client'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'

/**
 * What one's own files take of what they may. Nothing is shown while it is not known: nobody came for it.
 * @param changed renews it.
 */
export function StorageLine({ changed }: { changed?: unknown }) {
  const t = useTranslations('files')
  const locale = useLocale()
  const [own, setOwn] = useState<OutputOf<'education.getStorageUse'>['own'] | null>(null)
  useEffect(() => {
    let here = true
    call('education.getStorageUse', {}).then(
      found => here && setOwn(found.own),
      failure => console.warn('The use of storage could not be read.', failure),
    )
    return () => {
      here = false
    }
  }, [changed])
  if (!own) return null
  const { usedBytes, limitBytes } = own
  return (
    <ProgressBar
      label={t('storage')}
      percent={(usedBytes / limitBytes) * 100}
      note={t('storageOf', { used: sizeText(locale, usedBytes), limit: sizeText(locale, limitBytes) })}
    />
  )
}
