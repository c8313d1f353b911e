import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { KeptCourses } from '../../offline/kept-courses-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('offline')
  return { title: t('title'), description: t('description') }
}

export default async function OfflinePage() {
  const t = await getTranslations('offline')
  return (
    <div className="page-narrow">
      <PageHeader title={t('title')} description={t('text')} />
      <ClientMessages of={['offline']}>
        <KeptCourses />
      </ClientMessages>
    </div>
  )
}
