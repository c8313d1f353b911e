import type { Metadata } from 'next'
import { EntryPage } from '../../account/entry-page.tsx'
import { ResetPassword } from '../../account/reset-password.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('resetTitle') }
}

export default async function ResetPasswordPage() {
  const t = await getTranslations('account')
  return (
    <EntryPage title={t('resetTitle')} description={t('resetDescription')}>
      <ClientMessages of={['account']}>
        <ResetPassword />
      </ClientMessages>
    </EntryPage>
  )
}
