import { Icon } from '@azora/ui/icon.tsx'
import { getTranslations } from '../i18n/server.ts'
import { unavailableParts } from './unavailable-parts.server.ts'

/** Says below the header which parts of the system are down, while any is. */
export async function UnavailableNotice() {
  const [t, parts] = await Promise.all([getTranslations('shell'), unavailableParts()])
  if (parts.length === 0) return null
  return (
    <div role="status" className="print-hidden bg-amber-soft text-amber-ink">
      <p className="page-width flex items-center gap-2 py-2 text-sm font-medium">
        <Icon name="warning" />
        <span>{t('unavailable', { list: parts.join(', ') })}</span>
      </p>
    </div>
  )
}
