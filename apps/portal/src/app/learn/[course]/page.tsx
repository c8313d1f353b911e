import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Card } from '@azora/ui/card.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../i18n/server.ts'
import { CourseOutcome } from '../../../learning/course-outcome.tsx'
import { countedLessons, coursePageOf } from '../../../learning/course-page.server.ts'
import { CourseProgressRing } from '../../../learning/course-progress.tsx'
import { NotEnrolled } from '../../../learning/not-enrolled.tsx'
import { Outline } from '../../../learning/outline.tsx'
import { requireAccount } from '../../../lib/session.server.ts'
import { KeepCourse } from '../../../offline/keep-course.tsx'

type Props = { params: Promise<{ course: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course } = await params
  const path = `/learn/${course}`
  await requireAccount(path)
  const page = await coursePageOf(course, path)
  return page ? { title: page.course.title } : {}
}

export default async function LearnerCoursePage({ params }: Props) {
  const { course } = await params
  const path = `/learn/${course}`
  await requireAccount(path)
  const [t, common, page] = await Promise.all([
    getTranslations('learning'),
    getTranslations('common'),
    coursePageOf(course, path),
  ])
  if (!page) return <NotEnrolled course={course} />
  const lessons = page.modules.flatMap(module => module.lessons)
  const done = lessons.filter(lesson => lesson.completed).length
  const { progressPercent, completedAt, certificateId } = page.enrollment
  return (
    <div className="page-width grid gap-x-12 gap-y-8 pt-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex flex-col gap-3">
        <Breadcrumbs
          label={common('breadcrumbs')}
          items={[{ label: t('title'), href: '/learn' }, { label: page.course.title }]}
        />
        <h1 className="text-title font-bold">{page.course.title}</h1>
      </div>
      <aside className="flex flex-col gap-5 lg:row-span-2">
        <Card className="flex flex-col gap-5">
          <ClientMessages of={['progress']}>
            <CourseProgressRing
              lessons={countedLessons(page)}
              percent={progressPercent}
              completed={completedAt !== null}
            />
          </ClientMessages>
          {page.resumeLessonId && !completedAt ? (
            <LinkButton href={`${path}/${page.resumeLessonId}`} size="large">
              {done > 0 || progressPercent > 0 ? t('resume') : t('begin')}
              <Icon name="forward" />
            </LinkButton>
          ) : null}
          {completedAt ? (
            certificateId ? (
              <>
                <Notice tone="success">{t('certificateReady')}</Notice>
                <LinkButton href={`/certificates/${certificateId}`} size="large">
                  <Icon name="award" />
                  {t('showCertificate')}
                </LinkButton>
              </>
            ) : (
              <ClientMessages of={['progress']}>
                <CourseOutcome course={course} lessonId={null} />
              </ClientMessages>
            )
          ) : null}
        </Card>
        <ClientMessages of={['keep']}>
          <KeepCourse
            courseId={page.course.id}
            title={page.course.title}
            address={path}
            lessonAddresses={lessons.map(lesson => `${path}/${lesson.id}`)}
          />
        </ClientMessages>
      </aside>
      <section aria-labelledby="outline" className="min-w-0">
        <h2 id="outline" className="mb-4 text-xl font-bold">
          {t('outline')}
        </h2>
        {lessons.length ? (
          <Card className="px-3!">
            <Outline page={page} />
          </Card>
        ) : (
          <EmptyState title={t('noLessons')} />
        )}
      </section>
    </div>
  )
}
