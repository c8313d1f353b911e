'use client'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Link } from 'react-router'
import { useOwnTranslations } from '../i18n/own-messages.ts'

/** Stands in place of a page that could not be loaded or that failed, such as after an upgrade of the system. */
export function PageFailure() {
  const t = useOwnTranslations('frame')
  const common = useOwnTranslations('common')
  return (
    <div className="py-12">
      <EmptyState
        icon="warning"
        level={1}
        title={t('failed')}
        action={<Button onPress={() => location.reload()}>{common('retry')}</Button>}
      />
    </div>
  )
}

/** Stands where no page is. */
export function NotFound() {
  const t = useOwnTranslations('frame')
  return (
    <div className="py-12">
      <EmptyState icon="search" level={1} title={t('notFound')} action={<Link to="/">{t('toStart')}</Link>}>
        {t('notFoundText')}
      </EmptyState>
    </div>
  )
}
