import type { foundCourse } from '@azora/contracts/education/shapes.ts'
import { formatMoney } from '@azora/contracts/money.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { z } from 'zod'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { priceFor } from '../payments/price-for.ts'
import { durationText } from '../text/duration.ts'
import { FoundLessons } from './found-lessons.tsx'
import { LearnersCover } from './learners-cover.tsx'

/** One course of the catalogue; the whole card leads to its page. */
async function CourseCard({ course }: { course: z.infer<typeof foundCourse> }) {
  const [t, common, locale] = await Promise.all([
    getTranslations('catalogue'),
    getTranslations('common'),
    getLocale(),
  ])
  const price = priceFor(course.prices, locale)
  return (
    <li className="group relative flex flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card transition-shadow hover:shadow-float">
      <LearnersCover url={course.coverUrl} title={course.title} />
      <div className="flex flex-1 flex-col gap-2.5 p-5">
        <p className="flex flex-wrap gap-2">
          <Badge tone="accent">{course.category}</Badge>
          <Badge>{common(`level_${course.level}`)}</Badge>
        </p>
        <h3 className="text-lg leading-snug font-bold">
          <a
            href={`/courses/${course.slug}`}
            className="after:absolute after:inset-0 group-hover:text-accent-ink"
          >
            {course.title}
          </a>
        </h3>
        <p className="line-clamp-3 text-muted">{course.summary}</p>
        <FoundLessons course={course} />
        <p className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1 pt-2 text-sm text-muted">
          {price ? <strong className="text-base text-ink">{formatMoney(price, locale)}</strong> : null}
          <span>{t('by', { name: course.instructorName })}</span>
          <span className="flex items-center gap-1.5">
            <Icon name="clock" className="size-4!" />
            {durationText(common, course.durationMinutes)}
          </span>
          <span>{common('lessons', { count: course.lessonCount })}</span>
        </p>
      </div>
    </li>
  )
}

/** The grid in which course cards stand. */
export function CourseGrid({ courses }: { courses: z.infer<typeof foundCourse>[] }) {
  return (
    <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {courses.map(course => (
        <CourseCard key={course.id} course={course} />
      ))}
    </ul>
  )
}
