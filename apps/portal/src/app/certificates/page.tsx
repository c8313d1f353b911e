import { Badge } from '@azora/ui/badge.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import { api, need } from '../../lib/api.server.ts'
import { requireAccount } from '../../lib/session.server.ts'
import { dayText } from '../../text/date.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('certificates')
  return { title: t('title'), description: t('description') }
}

export default async function MyCertificatesPage() {
  await requireAccount('/certificates')
  const client = await api()
  const [t, locale, mine] = await Promise.all([
    getTranslations('certificates'),
    getLocale(),
    need(client.education.listCertificates(), '/certificates'),
  ])
  return (
    <div className="page-width">
      <PageHeader title={t('title')} description={t('description')} />
      {mine.items.length ? (
        <ul className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {mine.items.map(certificate => (
            <li
              key={certificate.id}
              className="group relative flex flex-col gap-3 rounded-card border border-line border-t-4 border-t-amber bg-surface p-6 shadow-card"
            >
              <Icon name="award" className="size-9! text-amber-ink" />
              <h2 className="font-serif text-xl leading-snug font-bold">
                <a
                  href={`/certificates/${certificate.id}`}
                  className="after:absolute after:inset-0 group-hover:underline"
                >
                  {certificate.courseTitle}
                </a>
              </h2>
              <p className="text-sm text-muted">
                {t('issued', { date: dayText(locale, certificate.issuedAt) })}
              </p>
              {certificate.revokedAt ? (
                <p>
                  <Badge tone="bad">{t('revoked', { date: dayText(locale, certificate.revokedAt) })}</Badge>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          icon="award"
          title={t('empty')}
          action={<LinkButton href="/learn">{t('emptyAction')}</LinkButton>}
        >
          {t('emptyText')}
        </EmptyState>
      )}
    </div>
  )
}
