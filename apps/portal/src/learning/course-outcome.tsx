'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { useCourseOutcome } from './use-course-outcome.ts'

/**
 * What follows from something that was just done: how far one is now, and the certificate as soon as it is there.
 * `lessonId` is the lesson that must count; null when only the certificate is awaited.
 */
export function CourseOutcome({ course, lessonId }: { course: string; lessonId: string | null }) {
  const t = useTranslations('progress')
  const { outcome, again } = useCourseOutcome(course, lessonId)
  const { state, complete, percent, certificateId } = outcome
  return (
    <div role="status">
      {certificateId ? (
        <div className="flex flex-col items-start gap-4 rounded-card border border-amber/60 bg-surface p-5 shadow-card">
          <p className="flex items-center gap-3 text-lg font-semibold">
            <Icon name="award" className="size-8! text-amber-ink" />
            {t('certificateReady')}
          </p>
          <LinkButton href={`/certificates/${certificateId}`}>{t('showCertificate')}</LinkButton>
        </div>
      ) : state === 'slow' ? (
        <div className="flex flex-col items-start gap-3 rounded-card bg-info-soft p-5 text-info-ink">
          <p>{t(complete ? 'certificateSlow' : 'slow')}</p>
          <button
            type="button"
            onClick={again}
            className={buttonStyle({ variant: 'secondary', size: 'small' })}
          >
            {t('checkAgain')}
          </button>
        </div>
      ) : state === 'following' ? (
        complete || !lessonId ? (
          <p className="flex items-center gap-3 text-muted">
            <Spinner />
            {t('certificateComing')}
          </p>
        ) : null
      ) : percent !== null ? (
        <p className="flex items-center gap-2 font-medium">
          <Icon name="check" className="text-good" />
          {t('counted', { percent })}
        </p>
      ) : null}
    </div>
  )
}
