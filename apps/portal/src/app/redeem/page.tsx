import type { Metadata } from 'next'
import { EntryPage } from '../../account/entry-page.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { currentAccount } from '../../lib/session.server.ts'
import { RedeemCode } from '../../seats/redeem-code.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('redeem')
  return { title: t('title'), description: t('description') }
}

export default async function RedeemPage() {
  const [t, account] = await Promise.all([getTranslations('redeem'), currentAccount()])
  return (
    <EntryPage title={t('title')} description={t('description')}>
      <ClientMessages of={['redeem']}>
        <RedeemCode signedIn={account !== null} />
      </ClientMessages>
    </EntryPage>
  )
}
