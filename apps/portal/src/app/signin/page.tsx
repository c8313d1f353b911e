import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Arrive } from '../../account/arrive.tsx'
import { EntryPage, entryLinkStyle } from '../../account/entry-page.tsx'
import { ProblemNotice } from '../../account/problem-notice.tsx'
import { SignIn } from '../../account/sign-in.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { arrivalOf, arrivalQuery } from '../../lib/arrival.ts'
import { currentAccount, signInOptions } from '../../lib/session.server.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('signIn'), description: t('signInDescription') }
}

export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams
  const arrival = arrivalOf(asked)
  const account = await currentAccount()
  if (account && asked.arrive)
    return (
      <ClientMessages of={['account']}>
        <Arrive accountId={account.id} {...arrival} />
      </ClientMessages>
    )
  if (account && !asked.problem) redirect(arrival.destination)
  const [t, options] = await Promise.all([getTranslations('account'), signInOptions()])
  return (
    <EntryPage
      title={t('signInTitle')}
      description={t('signInDescription')}
      foot={
        options.registration === 'open' ? (
          <>
            {t('noAccount')}{' '}
            <a href={`/signup?${arrivalQuery(arrival)}`} className={entryLinkStyle}>
              {t('signUp')}
            </a>
          </>
        ) : (
          t('invitationOnly')
        )
      }
    >
      <ProblemNotice asked={asked} />
      {arrival.courseId ? <Notice>{t('enrolNote')}</Notice> : null}
      <ClientMessages of={['account']}>
        <SignIn arrival={arrival} providers={options.providers} />
      </ClientMessages>
    </EntryPage>
  )
}
