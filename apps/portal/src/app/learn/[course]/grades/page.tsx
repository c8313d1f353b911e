import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { MyGrades } from '../../../../grades/my-grades.tsx'
import { MyStandards } from '../../../../grades/my-standards.tsx'
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
  const client = await api()
  const courseId = page.course.id
  const [t, common, learning, { complete, ...grades }, standards] = await Promise.all([
    getTranslations('grades'),
    getTranslations('common'),
    getTranslations('learning'),
    need(client.assessment.getMyGrades({ courseId }), path),
    need(client.assessment.getMyStandards({ courseId }), path),
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
      <MyStandards mine={standards} />
    </div>
  )
}
