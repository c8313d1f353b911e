import type { Metadata } from 'next'
import { EntryPage } from '../../../account/entry-page.tsx'
import { UndoDeletion } from '../../../account/undo-deletion.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('undoTitle') }
}

export default async function UndoDeletionPage() {
  const t = await getTranslations('account')
  return (
    <EntryPage title={t('undoTitle')} description={t('undoDescription')}>
      <ClientMessages of={['account']}>
        <UndoDeletion />
      </ClientMessages>
    </EntryPage>
  )
}
