'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { useTranslations } from '../i18n/client.tsx'

/** Stands where a page could not be made. `digest` is the number under which the server logged the failure. */
export default function PageFailed({ error }: { error: Error & { digest?: string } }) {
  const t = useTranslations('errors')
  return (
    <div className="page-width pt-12">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState
        icon="warning"
        title={t('title')}
        action={
          <button type="button" onClick={() => location.reload()} className={buttonStyle()}>
            {t('retry')}
          </button>
        }
      >
        <p>{t('text')}</p>
        {error.digest ? <p className="mt-2 text-sm">{t('number', { digest: error.digest })}</p> : null}
      </EmptyState>
    </div>
  )
}
