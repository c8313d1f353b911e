import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { ClientMessages } from '../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../i18n/server.ts'
import { Attachments } from '../../../../learning/attachments.tsx'
import { countedLessons, coursePageOf } from '../../../../learning/course-page.server.ts'
import { CourseProgressBar } from '../../../../learning/course-progress.tsx'
import { LessonBody } from '../../../../learning/lesson-body.tsx'
import { LessonProgress } from '../../../../learning/lesson-progress.tsx'
import { LessonView } from '../../../../learning/lesson-view.tsx'
import { NotEnrolled } from '../../../../learning/not-enrolled.tsx'
import { Outline } from '../../../../learning/outline.tsx'
import { api, need, unless } from '../../../../lib/api.server.ts'
import { requireAccount } from '../../../../lib/session.server.ts'
import { QuizLesson } from '../../../../quiz/quiz-lesson.tsx'
import { previewAddress } from '../../../../teach/preview/preview.server.ts'

type Props = {
  params: Promise<{ course: string; lessonId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const lessonOf = cache(async (lessonId: string, path: string) =>
  need(unless((await api()).education.getLesson({ lessonId }), 'not_enrolled', 'forbidden'), path),
)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course, lessonId } = await params
  const path = `/learn/${course}/${lessonId}`
  await requireAccount(path)
  const lesson = await lessonOf(lessonId, path)
  return lesson ? { title: `${lesson.title} · ${lesson.courseTitle}` } : {}
}

export default async function LessonPage({ params, searchParams }: Props) {
  const [{ course, lessonId }, asked] = await Promise.all([params, searchParams])
  const courseAddress = `/learn/${course}`
  const path = `${courseAddress}/${lessonId}`
  const account = await requireAccount(path)
  const [t, lesson, page] = await Promise.all([
    getTranslations('lesson'),
    lessonOf(lessonId, path),
    coursePageOf(course, path),
  ])
  if (!lesson) return <NotEnrolled course={course} />
  // Who may read it without being enrolled teaches it.
  if (!lesson.progress) redirect(`${previewAddress(lesson.courseId)}/${lesson.id}`)
  if (!page) redirect(`/learn/${lesson.courseSlug}/${lesson.id}`)
  const next = lesson.nextLessonId ? `${courseAddress}/${lesson.nextLessonId}` : null
  return (
    <LessonView
      lesson={lesson}
      position={lesson.position}
      course={courseAddress}
      previous={lesson.previousLessonId ? `${courseAddress}/${lesson.previousLessonId}` : null}
      next={next}
      outline={
        <Outline modules={page.modules} address={`/learn/${page.course.slug}`} currentLessonId={lesson.id} />
      }
      progress={
        <ClientMessages of={['progress']}>
          <CourseProgressBar lessons={countedLessons(page)} percent={page.enrollment.progressPercent} />
        </ClientMessages>
      }
    >
      {lesson.kind === 'quiz' ? (
        lesson.quizId ? (
          <QuizLesson
            quizId={lesson.quizId}
            path={path}
            course={course}
            lessonId={lesson.id}
            next={next}
            attemptId={typeof asked.attempt === 'string' ? asked.attempt : null}
          />
        ) : (
          <Notice tone="warning">{t('quizMissing')}</Notice>
        )
      ) : (
        <>
          <LessonBody lesson={lesson} />
          <Attachments files={lesson.attachments} />
          {/* Who looks through the learner's eyes gets no further in their name. */}
          {account.impersonatedBy ? null : (
            <ClientMessages of={['lesson']}>
              <LessonProgress
                lessonId={lesson.id}
                initial={lesson.progress}
                next={next}
                course={courseAddress}
              />
            </ClientMessages>
          )}
        </>
      )}
    </LessonView>
  )
}
