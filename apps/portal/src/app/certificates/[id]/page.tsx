import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { cache } from 'react'
import { CertificateSheet } from '../../../certificates/certificate-sheet.tsx'
import { Checks } from '../../../certificates/checks.tsx'
import { CopyAddress } from '../../../certificates/copy-address.tsx'
import { PrintButton } from '../../../certificates/print-button.tsx'
import { RevokeCertificate } from '../../../certificates/revoke-certificate.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { api, need, unless } from '../../../lib/api.server.ts'
import { currentAccount } from '../../../lib/session.server.ts'
import { dayText } from '../../../text/date.ts'

type Props = { params: Promise<{ id: string }> }

const certificateOf = cache(async (id: string) =>
  need((await api()).education.getCertificate({ certificateId: id }), `/certificates/${id}`),
)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseTitle, recipientName, schoolName } = await certificateOf((await params).id)
  const t = await getTranslations('certificate')
  return {
    title: t('pageTitle', { course: courseTitle, name: recipientName }),
    description: t('pageDescription', { school: schoolName, name: recipientName, course: courseTitle }),
  }
}

export default async function CertificatePage({ params }: Props) {
  const certificate = await certificateOf((await params).id)
  const client = await api()
  const [t, locale, verdict, author] = await Promise.all([
    getTranslations('certificate'),
    getLocale(),
    unless(
      client.education.verifyCredential({ credential: certificate.credential }),
      'unavailable',
      'rate_limited',
      'internal',
    ),
    mayRevoke(certificate.courseId),
  ])
  const revoked = certificate.revokedAt
  return (
    <div className="page-width grid items-start gap-8 pt-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-4">
        {revoked ? (
          <Notice tone="error" title={t('revokedTitle', { date: dayText(locale, revoked) })}>
            <p>{t('revokedText', { school: certificate.schoolName })}</p>
            <p>{t(`reason_${certificate.revocationReason ?? 'other'}`)}</p>
          </Notice>
        ) : null}
        <CertificateSheet certificate={certificate} />
      </div>
      <aside className="print-hidden flex flex-col gap-5">
        {verdict === null ? (
          <Notice tone="warning" title={t('unchecked')}>
            {t('uncheckedText')}
          </Notice>
        ) : (
          <section
            aria-labelledby="verdict"
            className={`flex flex-col gap-4 rounded-card border p-5 ${verdict.valid && !revoked ? 'border-good/40 bg-good-soft text-good-ink' : 'border-bad/40 bg-bad-soft text-bad-ink'}`}
          >
            <h2 id="verdict" className="flex items-center gap-3 text-xl font-bold">
              <Icon name={verdict.valid && !revoked ? 'shield' : 'warning'} className="size-7!" />
              {verdict.valid && !revoked ? t('verified') : t('notVerified')}
            </h2>
            <p>
              {verdict.valid && !revoked
                ? t('verifiedText', { school: certificate.schoolName })
                : revoked
                  ? t('notVerifiedRevoked', { school: certificate.schoolName })
                  : t('notVerifiedText')}
            </p>
            <details>
              <summary className="min-h-8 font-semibold">{t('checks')}</summary>
              <Checks checks={verdict.checks} />
            </details>
          </section>
        )}
        <ClientMessages of={['certificate']}>
          <div className="flex flex-col gap-3">
            <PrintButton />
            <LinkButton
              href={`/api/v1/education/certificates/${certificate.id}/credential.json`}
              download
              variant="secondary"
            >
              <Icon name="download" />
              {t('download')}
            </LinkButton>
            <CopyAddress url={certificate.url} />
            <LinkButton href="/verify" variant="quiet">
              {t('checkYourself')}
            </LinkButton>
            {author && !revoked ? (
              <RevokeCertificate certificateId={certificate.id} recipientName={certificate.recipientName} />
            ) : null}
          </div>
        </ClientMessages>
      </aside>
    </div>
  )
}

/** Whether the visitor teaches the course, or manages all courses of its school. */
async function mayRevoke(courseId: string): Promise<boolean> {
  if (!(await currentAccount())) return false
  const client = await api()
  const access = await unless(
    client.education.getCourseAccess({ courseId }),
    'not_found',
    'unauthenticated',
    'unavailable',
    'rate_limited',
    'internal',
  )
  return access?.author === true
}
