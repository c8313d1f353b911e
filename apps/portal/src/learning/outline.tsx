import { Badge } from '@azora/ui/badge.tsx'
import { getTranslations } from '../i18n/server.ts'
import { lessonKindText } from '../text/lesson-kind.ts'
import type { CoursePage } from './course-page.server.ts'
import { LessonKindIcon } from './lesson-kind-icon.tsx'
import { LessonMark } from './lesson-mark.tsx'

/** Whom a part is kept from; only its teachers see any that is not published. */
type Shown = { status?: 'draft' | 'hidden' | 'published' }

type Module = CoursePage['modules'][number]
export type OutlineModule = Omit<Module, 'lessons'> &
  Shown & { lessons: (Module['lessons'][number] & Shown)[] }

type OutlineProps = {
  modules: OutlineModule[]
  /** The address below which the lessons are. */
  address: string
  currentLessonId?: string
}

/** The modules and lessons of a course with what is done; the same list beside a lesson and on the course's page. */
export async function Outline({ modules, address, currentLessonId }: OutlineProps) {
  const [t, common] = await Promise.all([getTranslations('learning'), getTranslations('common')])
  const labels = {
    done: t('state_done'),
    started: t('state_started'),
    open: t('state_open'),
    waiting: t('state_waiting'),
  }
  return (
    <ol className="flex flex-col gap-6">
      {modules.map(module => (
        <li key={module.id}>
          <p className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 px-3 text-sm font-semibold text-muted">
            {module.title}
            <UnseenBadge status={module.status} />
          </p>
          <ol className="flex flex-col gap-0.5">
            {module.lessons.map(lesson => {
              const state = lesson.completed ? 'done' : lesson.started ? 'started' : 'open'
              const current = lesson.id === currentLessonId
              return (
                <li key={lesson.id}>
                  <a
                    href={`${address}/${lesson.id}`}
                    aria-current={current ? 'page' : undefined}
                    className={`flex min-h-11 items-center gap-3 rounded-control px-3 py-2 no-underline ${current ? 'bg-accent-soft font-semibold text-accent-ink' : 'hover:bg-sunken'}`}
                  >
                    <LessonMark lessonId={lesson.id} state={state} labels={labels} />
                    <span className="min-w-0 flex-1 leading-snug">
                      {lesson.title}
                      {lesson.required ? null : (
                        <span className="ms-2 text-sm font-normal text-muted">({t('optional')})</span>
                      )}
                    </span>
                    <UnseenBadge status={lesson.status} />
                    {lesson.kind === 'page' ? null : (
                      <LessonKindIcon kind={lesson.kind} label={lessonKindText(common, lesson)} />
                    )}
                  </a>
                </li>
              )
            })}
          </ol>
        </li>
      ))}
    </ol>
  )
}

async function UnseenBadge({ status = 'published' }: Shown) {
  const t = await getTranslations('partStatus')
  if (status === 'published') return null
  return <Badge tone={status === 'draft' ? 'amber' : 'neutral'}>{t(status)}</Badge>
}
