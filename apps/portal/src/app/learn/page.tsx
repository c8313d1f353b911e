import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { ProgressRing } from '@azora/ui/progress-ring.tsx'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import { api, need } from '../../lib/api.server.ts'
import { requireAccount } from '../../lib/session.server.ts'
import { dayText } from '../../text/date.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('learning')
  return { title: t('title'), description: t('description') }
}

export default async function MyCoursesPage({ searchParams }: Props) {
  const account = await requireAccount('/learn')
  const { cursor } = await searchParams
  const client = await api()
  const [t, locale, mine] = await Promise.all([
    getTranslations('learning'),
    getLocale(),
    need(
      client.education.listEnrollments({ cursor: typeof cursor === 'string' ? cursor : undefined }),
      '/learn',
    ),
  ])
  return (
    <div className="page-width">
      <PageHeader title={t('title')} description={t('greeting', { name: account.name })} />
      {mine.items.length ? (
        <ul className="grid gap-5 md:grid-cols-2">
          {mine.items.map(({ id, course, progressPercent, completedAt, certificateId, resumeLessonId }) => {
            const address = `/learn/${course.slug}`
            return (
              <li
                key={id}
                className="flex flex-col gap-5 rounded-card border border-line bg-surface p-5 shadow-card sm:p-6"
              >
                <div className="flex items-start gap-5">
                  <ProgressRing
                    label={t('progress', { course: course.title })}
                    percent={progressPercent}
                    size={76}
                    tone={completedAt ? 'good' : 'accent'}
                  >
                    {completedAt ? <Icon name="check" className="text-good" /> : undefined}
                  </ProgressRing>
                  <div className="min-w-0">
                    <p className="text-sm text-muted">{course.category}</p>
                    <h2 className="text-xl leading-snug font-bold">
                      <a href={address} className="underline-offset-4 hover:underline">
                        {course.title}
                      </a>
                    </h2>
                    <p className="mt-1 text-sm text-muted">
                      {completedAt
                        ? t('completedOn', { date: dayText(locale, completedAt) })
                        : t('done', { percent: progressPercent })}
                    </p>
                  </div>
                </div>
                <div className="mt-auto flex flex-wrap gap-3">
                  {resumeLessonId && !completedAt ? (
                    <LinkButton href={`${address}/${resumeLessonId}`}>
                      {progressPercent > 0 ? t('resume') : t('begin')}
                      <Icon name="forward" />
                    </LinkButton>
                  ) : null}
                  {certificateId ? (
                    <LinkButton href={`/certificates/${certificateId}`}>
                      <Icon name="award" />
                      {t('certificate')}
                    </LinkButton>
                  ) : null}
                  <LinkButton href={address} variant="secondary">
                    {completedAt ? t('review') : t('overview')}
                  </LinkButton>
                </div>
              </li>
            )
          })}
        </ul>
      ) : (
        <EmptyState title={t('empty')} action={<LinkButton href="/courses">{t('emptyAction')}</LinkButton>}>
          {t('emptyText')}
        </EmptyState>
      )}
      {mine.nextCursor ? (
        <p className="mt-8 text-center">
          <LinkButton href={`/learn?cursor=${encodeURIComponent(mine.nextCursor)}`} variant="secondary">
            {t('more')}
          </LinkButton>
        </p>
      ) : null}
    </div>
  )
}
