import type { Metadata } from 'next'
import { EntryPage } from '../../account/entry-page.tsx'
import { Invitation } from '../../account/invitation.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { currentAccount } from '../../lib/session.server.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('invitationTitle') }
}

export default async function InvitationPage() {
  const [t, account] = await Promise.all([getTranslations('account'), currentAccount()])
  return (
    <EntryPage title={t('invitationTitle')} description={t('invitationDescription')}>
      <ClientMessages of={['account']}>
        <Invitation signedInAs={account?.email ?? null} />
      </ClientMessages>
    </EntryPage>
  )
}
