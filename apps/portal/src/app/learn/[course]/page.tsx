import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { CourseOutcome } from '../../../learning/course-outcome.tsx'
import { countedLessons, coursePageOf } from '../../../learning/course-page.server.ts'
import { CourseProgressRing } from '../../../learning/course-progress.tsx'
import { CourseView } from '../../../learning/course-view.tsx'
import { FollowLearning } from '../../../learning/follow-learning.tsx'
import { NotEnrolled } from '../../../learning/not-enrolled.tsx'
import { OwnGroups } from '../../../learning/own-groups.tsx'
import { requireAccount } from '../../../lib/session.server.ts'
import { KeepCourse } from '../../../offline/keep-course.tsx'
import { previewAddressOf } from '../../../teach/preview/preview.server.ts'
import { gradeText } from '../../../text/grade.ts'

type Props = { params: Promise<{ course: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course } = await params
  const path = `/learn/${course}`
  await requireAccount(path)
  const page = await coursePageOf(course, path)
  const t = await getTranslations('learning')
  // Not the title alone, which the page in the catalogue has.
  return page ? { title: `${page.course.title} · ${t('outline')}` } : {}
}

export default async function LearnerCoursePage({ params }: Props) {
  const { course } = await params
  const path = `/learn/${course}`
  const since = Date.now()
  await requireAccount(path)
  const [t, locale, page] = await Promise.all([
    getTranslations('learning'),
    getLocale(),
    coursePageOf(course, path),
  ])
  if (!page) {
    const preview = await previewAddressOf(course, path)
    if (preview) redirect(preview)
    return <NotEnrolled course={course} />
  }
  const lessons = page.modules.flatMap(module => module.lessons)
  const done = lessons.filter(lesson => lesson.completed).length
  const { progressPercent, completedAt, certificateId, grade } = page.enrollment
  return (
    <CourseView
      title={page.course.title}
      parent={{ label: t('title'), href: '/learn' }}
      modules={page.modules}
      address={`/learn/${page.course.slug}`}
    >
      <FollowLearning since={since} courseId={page.course.id} />
      <Card className="flex flex-col gap-5">
        <ClientMessages of={['progress']}>
          <CourseProgressRing
            lessons={countedLessons(page)}
            percent={progressPercent}
            completed={completedAt !== null}
          />
        </ClientMessages>
        {grade ? (
          <p className="text-center font-semibold">{t('courseGrade', { grade: gradeText(locale, grade) })}</p>
        ) : null}
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
      <OwnGroups groups={page.groups} />
      <LinkButton href={`${path}/grades`} variant="secondary">
        <Icon name="award" />
        {t('grades')}
      </LinkButton>
      <ClientMessages of={['keep']}>
        <KeepCourse
          courseId={page.course.id}
          title={page.course.title}
          address={path}
          lessonAddresses={lessons.map(lesson => `${path}/${lesson.id}`)}
        />
      </ClientMessages>
    </CourseView>
  )
}
