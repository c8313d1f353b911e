import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { EntryPage, entryLinkStyle } from '../../account/entry-page.tsx'
import { SignUp } from '../../account/sign-up.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { arrivalOf, arrivalQuery } from '../../lib/arrival.ts'
import { currentAccount, signInOptions } from '../../lib/session.server.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('signUp'), description: t('signUpDescription') }
}

export default async function SignUpPage({ searchParams }: Props) {
  const arrival = arrivalOf(await searchParams)
  if (await currentAccount()) redirect(arrival.destination)
  const [t, { registration, providers, localMailbox }] = await Promise.all([
    getTranslations('account'),
    signInOptions(),
  ])
  return (
    <EntryPage
      title={t('signUpTitle')}
      description={t('signUpDescription')}
      foot={
        <>
          {t('haveAccount')}{' '}
          <a href={`/signin?${arrivalQuery(arrival)}`} className={entryLinkStyle}>
            {t('signIn')}
          </a>
        </>
      }
    >
      {registration === 'invitation' ? (
        <Notice title={t('invitationOnly')}>{t('invitationOnlyText')}</Notice>
      ) : (
        <>
          {arrival.courseId ? <Notice>{t('enrolNote')}</Notice> : null}
          <ClientMessages of={['account']}>
            <SignUp arrival={arrival} providers={providers} localMailbox={localMailbox} />
          </ClientMessages>
        </>
      )}
    </EntryPage>
  )
}
