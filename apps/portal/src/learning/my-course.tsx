import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { LearnersCover } from '../catalogue/learners-cover.tsx'
import { getLocale, getTranslations } from '../i18n/server.ts'
import type { api } from '../lib/api.server.ts'
import { dayText } from '../text/date.ts'
import { durationText } from '../text/duration.ts'
import { gradeText } from '../text/grade.ts'
import { lessonKindText } from '../text/lesson-kind.ts'

type Client = Awaited<ReturnType<typeof api>>
export type MyCourse = Awaited<ReturnType<Client['education']['listEnrollments']>>['items'][number]

/** A course in which someone learns: its picture, how far they are, and the lesson that comes next. */
export async function MyCourseCard({ entry, eager }: { entry: MyCourse; eager: boolean }) {
  const [t, common, locale] = await Promise.all([
    getTranslations('learning'),
    getTranslations('common'),
    getLocale(),
  ])
  const { course, progressPercent, completedAt, certificateId, resumeLesson, grade, accessEndedAt } = entry
  const address = `/learn/${course.slug}`
  const next = completedAt || accessEndedAt ? null : resumeLesson
  return (
    <li className="flex flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card">
      <LearnersCover url={course.coverUrl} title={course.title} eager={eager} />
      <div className="flex flex-1 flex-col gap-4 p-5">
        <h3 className="text-lg leading-snug font-bold">
          <a href={address} className="underline-offset-4 hover:underline">
            {course.title}
          </a>
        </h3>
        <ProgressBar label={t('progress', { course: course.title })} percent={progressPercent} labelHidden />
        <p className="-mt-2 text-sm text-muted">
          {completedAt
            ? t('completedOn', { date: dayText(locale, completedAt) })
            : t('done', { percent: progressPercent })}
          {grade ? ` · ${t('courseGrade', { grade: gradeText(locale, grade) })}` : ''}
        </p>
        {accessEndedAt ? <p className="text-sm">{t('accessEnded')}</p> : null}
        {next ? (
          <p className="flex flex-col gap-0.5">
            <span className="text-sm text-muted">
              {t(progressPercent > 0 ? 'nextLesson' : 'firstLesson')}
            </span>
            <span className="leading-snug font-semibold">{next.title}</span>
            <span className="text-sm text-muted">
              {lessonKindText(common, next)}
              {next.durationMinutes ? ` · ${durationText(common, next.durationMinutes)}` : ''}
            </span>
          </p>
        ) : null}
        <div className="mt-auto flex flex-wrap gap-3">
          {next ? (
            <LinkButton href={`${address}/${next.id}`}>
              {progressPercent > 0 ? t('resume') : t('begin')}
              <span className="sr-only">: {next.title}</span>
              <Icon name="forward" />
            </LinkButton>
          ) : null}
          {certificateId ? (
            <LinkButton href={`/certificates/${certificateId}`}>
              <Icon name="award" />
              {t('certificate')}
            </LinkButton>
          ) : null}
          <LinkButton
            href={accessEndedAt ? `/courses/${course.slug}` : address}
            variant={next || certificateId ? 'quiet' : 'secondary'}
          >
            {accessEndedAt ? t('toOverview') : completedAt ? t('review') : t('overview')}
          </LinkButton>
        </div>
      </div>
    </li>
  )
}
