import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Cover } from '../catalogue/cover.tsx'
import { getTranslations } from '../i18n/server.ts'
import type { api } from '../lib/api.server.ts'
import { CourseStatus } from './course-status.tsx'
import { Moment } from './moment.tsx'

type Client = Awaited<ReturnType<typeof api>>
export type TaughtCourse = Awaited<ReturnType<Client['education']['listTaughtCourses']>>['items'][number]

/** The courses one teaches, as cards with their state, learners and last change. */
export async function TaughtCourses({ courses }: { courses: TaughtCourse[] }) {
  const [t, common] = await Promise.all([getTranslations('teach'), getTranslations('common')])
  return (
    <ul className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
      {courses.map(course => {
        const address = `/teach/courses/${course.id}`
        return (
          <li
            key={course.id}
            className="relative flex flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card transition-shadow hover:shadow-float"
          >
            <Cover url={course.coverUrl} title={course.title} className="max-h-40" />
            <div className="flex flex-1 flex-col gap-3 p-5">
              <div className="flex items-center justify-between gap-3">
                <CourseStatus status={course.status} label={t(`status_${course.status}`)} />
                <span className="truncate text-sm text-muted">{course.category}</span>
              </div>
              <h2 className="text-lg leading-snug font-bold">
                <a href={address} className="underline-offset-4 after:absolute after:inset-0 hover:underline">
                  {course.title}
                </a>
              </h2>
              <p className="text-sm text-muted">
                {common('lessons', { count: course.lessonCount })}
                {' · '}
                {t('updated')} <Moment time={course.updatedAt} />
              </p>
              <div className="mt-auto flex pt-1">
                <LinkButton
                  href={`${address}/learners`}
                  variant="quiet"
                  size="small"
                  className="relative z-10 -ms-3"
                >
                  <Icon name="person" />
                  {t('learners', { count: course.learnerCount })}
                </LinkButton>
              </div>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
