import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { MyGrades } from '../../../../grades/my-grades.tsx'
import { ClientMessages } from '../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../i18n/server.ts'
import { coursePageOf } from '../../../../learning/course-page.server.ts'
import { NotEnrolled } from '../../../../learning/not-enrolled.tsx'
import { api, need } from '../../../../lib/api.server.ts'
import { requireAccount } from '../../../../lib/session.server.ts'

type Props = { params: Promise<{ course: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course } = await params
  const path = `/learn/${course}/grades`
  await requireAccount(path)
  const page = await coursePageOf(course, path)
  const t = await getTranslations('grades')
  return { title: page ? `${page.course.title} · ${t('title')}` : t('title') }
}

/** A learner's grades in a course, and how the course grade comes about. */
export default async function GradesPage({ params }: Props) {
  const { course } = await params
  const path = `/learn/${course}/grades`
  await requireAccount(path)
  const page = await coursePageOf(course, path)
  if (!page) return <NotEnrolled course={course} />
  const [t, common, learning, { complete, ...grades }] = await Promise.all([
    getTranslations('grades'),
    getTranslations('common'),
    getTranslations('learning'),
    need((await api()).assessment.getMyGrades({ courseId: page.course.id }), path),
  ])
  return (
    <div className="page-width max-w-4xl">
      <PageHeader
        above={
          <Breadcrumbs
            label={common('breadcrumbs')}
            items={[
              { label: learning('title'), href: '/learn' },
              { label: page.course.title, href: `/learn/${page.course.slug}` },
              { label: t('title') },
            ]}
          />
        }
        title={t('title')}
        description={t('description')}
      />
      {grades.categories.length === 0 ? (
        <EmptyState icon="award" title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ClientMessages of={['grades']}>
          <MyGrades grades={grades} complete={complete} />
        </ClientMessages>
      )}
    </div>
  )
}
