import type { foundCourse } from '@azora/contracts/education/shapes.ts'
import type { z } from 'zod'
import { getTranslations } from '../i18n/server.ts'

type FoundCourse = z.infer<typeof foundCourse>
type Parts = FoundCourse['foundLessons'][number]['title']

function Marked({ parts }: { parts: Parts }) {
  let at = 0
  return parts.map(({ text, match }) => {
    const key = at
    at += text.length
    return match ? (
      <mark key={key} className="rounded-sm bg-accent-soft px-0.5 font-semibold text-accent-ink">
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    )
  })
}

/** The lessons of a course in which a search found something; nothing when it found none. */
export async function FoundLessons({ course }: { course: FoundCourse }) {
  if (course.foundLessons.length === 0) return null
  const t = await getTranslations('catalogue')
  return (
    <div className="mt-1 flex flex-col gap-1 rounded-control bg-sunken p-3 text-sm">
      <p className="font-semibold text-muted">{t('inLessons')}</p>
      <ul className="flex flex-col gap-2">
        {course.foundLessons.map(lesson => (
          <li key={lesson.id} className="wrap-anywhere">
            {/* Above the link that covers the card. */}
            <a
              href={`/learn/${course.slug}/${lesson.id}`}
              className="relative z-10 inline-block py-1 font-semibold underline underline-offset-4 hover:text-accent-ink"
            >
              <Marked parts={lesson.title} />
            </a>
            {lesson.snippet.length > 0 ? (
              <p className="line-clamp-3 text-muted">
                <Marked parts={lesson.snippet} />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
