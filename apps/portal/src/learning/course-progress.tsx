'use client'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { ProgressRing } from '@azora/ui/progress-ring.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { type CountedLesson, courseShare } from './course-share.ts'
import { useDoneHere } from './done-here.ts'

type CourseProgressProps = { lessons: CountedLesson[]; percent: number }

function useShare({ lessons, percent }: CourseProgressProps) {
  const here = useDoneHere()
  const isDone = (id: string) => here.has(id)
  return {
    percent: courseShare(lessons, percent, isDone),
    done: lessons.filter(lesson => lesson.completed || isDone(lesson.id)).length,
    waiting: lessons.filter(lesson => !lesson.completed && here.get(lesson.id) === 'waiting').length,
  }
}

/** How far one is in a course, beside a lesson; with what is done on this device and not sent yet. */
export function CourseProgressBar(props: CourseProgressProps) {
  const t = useTranslations('progress')
  const { percent, waiting } = useShare(props)
  return (
    <div className="flex flex-col gap-1.5">
      <ProgressBar label={t('courseProgress')} percent={percent} />
      <Waiting count={waiting} />
    </div>
  )
}

/** The same on the page of the course. */
export function CourseProgressRing({ completed, ...props }: CourseProgressProps & { completed: boolean }) {
  const t = useTranslations('progress')
  const { percent, done, waiting } = useShare(props)
  return (
    <div className="flex items-center gap-5">
      <ProgressRing
        label={t('courseProgress')}
        percent={percent}
        size={88}
        tone={completed ? 'good' : 'accent'}
      />
      <div>
        <p className="text-muted">{t('lessonsDone', { done, count: props.lessons.length })}</p>
        <Waiting count={waiting} />
      </div>
    </div>
  )
}

function Waiting({ count }: { count: number }) {
  const t = useTranslations('progress')
  return count > 0 ? <p className="text-sm font-medium text-amber-ink">{t('waiting', { count })}</p> : null
}
