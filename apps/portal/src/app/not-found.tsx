import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import type { Metadata } from 'next'
import { getTranslations } from '../i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors')
  return { title: t('notFoundTitle') }
}

export default async function NotFound() {
  const t = await getTranslations('errors')
  return (
    <div className="page-width pt-12">
      <h1 className="sr-only">{t('notFoundTitle')}</h1>
      <EmptyState
        icon="search"
        title={t('notFoundTitle')}
        action={
          <div className="flex flex-wrap justify-center gap-3">
            <LinkButton href="/courses">{t('toCourses')}</LinkButton>
            <LinkButton href="/" variant="secondary">
              {t('toHome')}
            </LinkButton>
          </div>
        }
      >
        {t('notFoundText')}
      </EmptyState>
    </div>
  )
}
