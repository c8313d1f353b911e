import { buttonStyle } from '@azora/ui/button-style.ts'
import { Drawer } from '@azora/ui/drawer.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { cache } from 'react'
import { ClientMessages } from '../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../i18n/server.ts'
import { Attachments } from '../../../../learning/attachments.tsx'
import { countedLessons, coursePageOf } from '../../../../learning/course-page.server.ts'
import { CourseProgressBar } from '../../../../learning/course-progress.tsx'
import { LessonBody } from '../../../../learning/lesson-body.tsx'
import { LessonProgress } from '../../../../learning/lesson-progress.tsx'
import { NotEnrolled } from '../../../../learning/not-enrolled.tsx'
import { Outline } from '../../../../learning/outline.tsx'
import { ShowCurrent } from '../../../../learning/show-current.tsx'
import { api, need, unless } from '../../../../lib/api.server.ts'
import { requireAccount } from '../../../../lib/session.server.ts'
import { QuizLesson } from '../../../../quiz/quiz-lesson.tsx'
import { durationText } from '../../../../text/duration.ts'

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
  const [t, learning, common, lesson, page] = await Promise.all([
    getTranslations('lesson'),
    getTranslations('learning'),
    getTranslations('common'),
    lessonOf(lessonId, path),
    coursePageOf(course, path),
  ])
  if (!lesson) return <NotEnrolled course={course} />
  const previous = lesson.previousLessonId ? `${courseAddress}/${lesson.previousLessonId}` : null
  const next = lesson.nextLessonId ? `${courseAddress}/${lesson.nextLessonId}` : null
  const outline = page ? <Outline page={page} currentLessonId={lesson.id} /> : null
  return (
    <div className="page-width grid gap-x-12 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <div className="mx-auto flex w-full max-w-[46rem] min-w-0 flex-col gap-6 pt-5 lg:col-start-2 lg:row-start-1 lg:pt-8">
        <div className="flex items-center justify-between gap-4 text-sm text-muted">
          {outline ? (
            <div className="lg:hidden">
              <Drawer
                trigger={
                  <>
                    <Icon name="menu" />
                    {learning('openOutline')}
                  </>
                }
                triggerClassName={buttonStyle({ variant: 'secondary', size: 'small' })}
                title={lesson.courseTitle}
                closeLabel={common('close')}
              >
                {outline}
              </Drawer>
            </div>
          ) : null}
          <p className="min-w-0 truncate max-sm:hidden">{lesson.moduleTitle}</p>
          <p className="shrink-0">{t('position', lesson.position)}</p>
        </div>
        <header className="flex flex-col gap-2">
          <h1 className="text-title font-bold">{lesson.title}</h1>
          <p className="flex flex-wrap items-center gap-x-4 text-muted">
            <span>{common(`kind_${lesson.kind}`)}</span>
            <span className="flex items-center gap-1.5">
              <Icon name="clock" className="size-4!" />
              {durationText(common, lesson.durationMinutes)}
            </span>
          </p>
        </header>
        {lesson.progress ? null : <Notice>{t('preview')}</Notice>}
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
            {lesson.progress && !account.impersonatedBy ? (
              <ClientMessages of={['lesson']}>
                <LessonProgress
                  lessonId={lesson.id}
                  initial={lesson.progress}
                  next={next}
                  course={courseAddress}
                />
              </ClientMessages>
            ) : null}
          </>
        )}
        <nav
          aria-label={t('position', lesson.position)}
          className="flex flex-wrap justify-between gap-3 border-t border-line pt-6"
        >
          {previous ? (
            <LinkButton href={previous} rel="prev" variant="quiet">
              <Icon name="back" />
              {t('previous')}
            </LinkButton>
          ) : (
            <LinkButton href={courseAddress} variant="quiet">
              <Icon name="back" />
              {t('toCourse')}
            </LinkButton>
          )}
          {next ? (
            <LinkButton href={next} rel="next" variant="quiet">
              {t('next')}
              <Icon name="forward" />
            </LinkButton>
          ) : null}
        </nav>
      </div>
      {/* After the lesson, so that the keyboard comes to the lesson first; drawn before it. */}
      {outline ? (
        <aside className="hidden border-e border-line pe-6 lg:col-start-1 lg:row-start-1 lg:block">
          <nav
            aria-label={learning('outline')}
            className="sticky top-16 flex max-h-[calc(100dvh-4rem)] flex-col gap-6 py-8"
          >
            <a
              href={courseAddress}
              className="px-3 leading-snug font-bold underline-offset-4 hover:underline"
            >
              {lesson.courseTitle}
            </a>
            <div className="px-3">
              <ClientMessages of={['progress']}>
                <CourseProgressBar
                  lessons={countedLessons(page)}
                  percent={page?.enrollment.progressPercent ?? 0}
                />
              </ClientMessages>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto">
              {outline}
              <ShowCurrent />
            </div>
          </nav>
        </aside>
      ) : null}
    </div>
  )
}
