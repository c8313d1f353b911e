import type { lessonKind } from '@azora/contracts/education/shapes.ts'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Drawer } from '@azora/ui/drawer.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { getTranslations } from '../i18n/server.ts'
import { durationText } from '../text/duration.ts'
import { lessonKindText } from '../text/lesson-kind.ts'
import { ShowCurrent } from './show-current.tsx'

type LessonViewProps = {
  lesson: {
    title: string
    courseTitle: string
    moduleTitle: string
    kind: z.infer<typeof lessonKind>
    survey: boolean
    durationMinutes: number
  }
  /** The lesson's place in the course, counted from one. */
  position: { index: number; count: number }
  /** The addresses of the course and of the lessons before and after. */
  course: string
  previous: string | null
  next: string | null
  outline: ReactNode
  /** How far one is in the course. */
  progress: ReactNode
  /** The lesson itself. */
  children: ReactNode
}

/** A lesson within its course, for who learns in it and for the teacher who looks at it as a learner would. */
export async function LessonView({
  lesson,
  position,
  course,
  previous,
  next,
  outline,
  progress,
  children,
}: LessonViewProps) {
  const [t, learning, common] = await Promise.all([
    getTranslations('lesson'),
    getTranslations('learning'),
    getTranslations('common'),
  ])
  return (
    <div className="page-width grid gap-x-12 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <div className="mx-auto flex w-full max-w-[46rem] min-w-0 lg:has-[[data-beside]]:max-w-none flex-col gap-6 pt-5 lg:col-start-2 lg:row-start-1 lg:pt-8">
        <div className="flex items-center justify-between gap-4 text-sm text-muted">
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
          <p className="min-w-0 truncate max-sm:hidden">{lesson.moduleTitle}</p>
          <p className="shrink-0">{t('position', position)}</p>
        </div>
        <header className="flex flex-col gap-2">
          <h1 className="text-title font-bold">{lesson.title}</h1>
          <p className="flex flex-wrap items-center gap-x-4 text-muted">
            <span>{lessonKindText(common, lesson)}</span>
            <span className="flex items-center gap-1.5">
              <Icon name="clock" className="size-4!" />
              {durationText(common, lesson.durationMinutes)}
            </span>
          </p>
        </header>
        {children}
        <nav
          aria-label={t('position', position)}
          className="flex flex-wrap justify-between gap-3 border-t border-line pt-6"
        >
          {previous ? (
            <LinkButton href={previous} rel="prev" variant="quiet">
              <Icon name="back" />
              {t('previous')}
            </LinkButton>
          ) : (
            <LinkButton href={course} variant="quiet">
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
      <aside className="hidden border-e border-line pe-6 lg:col-start-1 lg:row-start-1 lg:block">
        <nav
          aria-label={learning('outline')}
          className="sticky top-[calc(4rem+var(--bar,0px))] flex max-h-[calc(100dvh-4rem-var(--bar,0px))] flex-col gap-6 py-8"
        >
          <a href={course} className="px-3 leading-snug font-bold underline-offset-4 hover:underline">
            {lesson.courseTitle}
          </a>
          <div className="px-3">{progress}</div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            {outline}
            <ShowCurrent />
          </div>
        </nav>
      </aside>
    </div>
  )
}
