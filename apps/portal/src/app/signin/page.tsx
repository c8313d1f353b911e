import { Card } from '@azora/ui/card.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInForm } from '../../account/sign-in-form.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { nextPath } from '../../lib/next-path.ts'
import { currentAccount } from '../../lib/session.server.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('signIn'), description: t('signInDescription') }
}

export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams
  const destination = nextPath(asked.next, '/learn')
  const courseId = typeof asked.enrol === 'string' ? asked.enrol : null
  if (await currentAccount()) redirect(destination)
  const t = await getTranslations('account')
  const query = new URLSearchParams({ next: destination, ...(courseId ? { enrol: courseId } : {}) })
  return (
    <div className="page-narrow max-w-lg!">
      <PageHeader title={t('signInTitle')} description={t('signInDescription')} />
      <Card className="flex flex-col gap-5">
        {courseId ? <Notice>{t('enrolNote')}</Notice> : null}
        <ClientMessages of={['account']}>
          <SignInForm destination={destination} courseId={courseId} />
        </ClientMessages>
      </Card>
      <p className="mt-6 text-center text-muted">
        {t('noAccount')}{' '}
        <a
          href={`/signup?${query}`}
          className="py-2 font-semibold text-accent-ink underline underline-offset-4"
        >
          {t('signUp')}
        </a>
      </p>
    </div>
  )
}
