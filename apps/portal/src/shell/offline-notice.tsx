'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { useOnline } from './use-online.ts'

/** Says below the header that the line is down, while it is. */
export function OfflineNotice() {
  const t = useTranslations('shell')
  const online = useOnline()
  return (
    <div role="status" className="print-hidden">
      {online ? null : (
        <p className="bg-amber-soft text-amber-ink">
          <span className="page-width flex items-center gap-2 py-2 text-sm font-medium">
            <Icon name="offline" />
            {t('offline')}
          </span>
        </p>
      )}
    </div>
  )
}
