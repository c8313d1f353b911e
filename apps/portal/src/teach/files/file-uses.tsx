'use client'
import { Fragment } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { CourseFile } from './use-course-files.ts'

type Use = CourseFile['uses'][number]

function addressOf(courseId: string, { kind, id }: Use): string {
  const course = `/teach/courses/${courseId}`
  if (kind === 'lesson') return `${course}/lessons/${id}`
  if (kind === 'quiz') return `${course}/quizzes/${id}`
  return `${course}#settings`
}

/** Where a file is used, each with the way to it. */
export function FileUses({ courseId, uses }: { courseId: string; uses: Use[] }) {
  const t = useTranslations('files')
  return (
    <p className="text-sm">
      <span className="text-muted">{t('usedIn')} </span>
      {uses.map((use, index) => (
        <Fragment key={`${use.kind} ${use.id}`}>
          {index > 0 ? ', ' : null}
          <a
            href={addressOf(courseId, use)}
            className="break-words text-accent-ink underline underline-offset-4"
          >
            {t(`use_${use.kind}`, { title: use.title })}
          </a>
        </Fragment>
      ))}
    </p>
  )
}
