import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { VerifyForm } from '../../certificates/verify-form.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('verify')
  return { title: t('title'), description: t('description') }
}

export default async function VerifyPage() {
  const t = await getTranslations('verify')
  return (
    <div className="page-narrow">
      <PageHeader title={t('title')} description={t('description')} />
      <div className="flex flex-col gap-6">
        <Notice>{t('private')}</Notice>
        <ClientMessages of={['verify']}>
          <VerifyForm />
        </ClientMessages>
      </div>
    </div>
  )
}
