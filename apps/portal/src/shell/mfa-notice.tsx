import { Icon } from '@azora/ui/icon.tsx'
import { getTranslations } from '../i18n/server.ts'

/** Says below the header that the school asks for a second factor and there is none yet. */
export async function MfaNotice() {
  const t = await getTranslations('shell')
  return (
    <div className="print-hidden bg-amber-soft text-amber-ink">
      <p className="page-width flex items-start gap-2 py-2 text-sm font-medium">
        <Icon name="shield" className="mt-0.5" />
        <span>
          {t('mfaRequired')}{' '}
          <a href="/account/security" className="font-bold underline underline-offset-4">
            {t('mfaSetUp')}
          </a>
        </span>
      </p>
    </div>
  )
}
