import type { Metadata } from 'next'
import { EntryPage, entryLinkStyle } from '../../account/entry-page.tsx'
import { ForgotPassword } from '../../account/forgot-password.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { signInOptions } from '../../lib/session.server.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('forgotTitle') }
}

export default async function ForgotPasswordPage() {
  const [t, { localMailbox }] = await Promise.all([getTranslations('account'), signInOptions()])
  return (
    <EntryPage
      title={t('forgotTitle')}
      description={t('forgotDescription')}
      foot={
        <a href="/signin" className={entryLinkStyle}>
          {t('backToSignIn')}
        </a>
      }
    >
      <ClientMessages of={['account']}>
        <ForgotPassword localMailbox={localMailbox} />
      </ClientMessages>
    </EntryPage>
  )
}
