import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { getTranslations } from '../../i18n/server.ts'
import { FollowLearning } from '../../learning/follow-learning.tsx'
import { type MyCourse, MyCourseCard } from '../../learning/my-course.tsx'
import { api, need } from '../../lib/api.server.ts'
import { requireAccount } from '../../lib/session.server.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('learning')
  return { title: t('title'), description: t('description') }
}

export default async function MyCoursesPage({ searchParams }: Props) {
  const since = Date.now()
  const account = await requireAccount('/learn')
  const { cursor } = await searchParams
  const client = await api()
  const [t, mine] = await Promise.all([
    getTranslations('learning'),
    need(
      client.education.listEnrollments({ cursor: typeof cursor === 'string' ? cursor : undefined }),
      '/learn',
    ),
  ])
  const current = mine.items.filter(entry => !entry.completedAt)
  const completed = mine.items.filter(entry => entry.completedAt)
  return (
    <div className="page-width">
      <FollowLearning since={since} />
      <PageHeader title={t('title')} description={t('greeting', { name: account.name })} />
      {mine.items.length ? (
        <>
          <Courses title={completed.length ? t('current') : null} courses={current} />
          <Courses title={current.length ? t('completed') : null} courses={completed} />
        </>
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

function Courses({ title, courses }: { title: string | null; courses: MyCourse[] }) {
  if (courses.length === 0) return null
  return (
    <section className="mb-10">
      {title ? <h2 className="mb-4 text-xl font-bold">{title}</h2> : null}
      <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        {courses.map((entry, index) => (
          <MyCourseCard key={entry.id} entry={entry} eager={index < 3} />
        ))}
      </ul>
    </section>
  )
}
