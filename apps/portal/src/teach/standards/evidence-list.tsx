'use client'
import { useTranslations } from '../../i18n/client.tsx'
import type { OutputOf } from '../../lib/api.browser.ts'
import { plainText } from '../../quiz/types/plain-text.ts'
import { Moment } from '../moment.tsx'

type Pieces = OutputOf<'assessment.getEvidence'>['evidence']

/** The quizzes that a level rests on, with each answer. */
export function EvidenceList({ courseId, evidence }: { courseId: string; evidence: Pieces }) {
  const t = useTranslations('standards')
  return (
    <section aria-label={t('evidence')} className="flex flex-col gap-3">
      <h3 className="font-bold">{t('evidence')}</h3>
      {evidence.length === 0 ? <p className="text-sm text-muted">{t('noEvidence')}</p> : null}
      <ol className="flex flex-col gap-3">
        {evidence.map(piece => (
          <li key={piece.quizId} className="border-s-2 border-line ps-4">
            <p className="flex flex-wrap justify-between gap-x-3 font-semibold">
              <span className="min-w-0 break-words">{piece.quizTitle}</span>
              <span className="tabular-nums">{t('percent', { percent: piece.percent })}</span>
            </p>
            <p className="text-sm text-muted">
              <Moment time={piece.takenAt} />
            </p>
            <ul className="mt-1 flex flex-col gap-1.5 text-sm">
              {piece.questions.map(
                ({ questionId, submissionId, attemptNumber, content, awarded, points }) => (
                  <li key={`${submissionId} ${questionId}`}>
                    <span className="line-clamp-2 break-words">{plainText(content) ?? t('question')}</span>
                    <span className="flex flex-wrap gap-x-3 text-muted">
                      <span className="tabular-nums">{t('points', { awarded, points })}</span>
                      <span>{t('attempt', { number: attemptNumber })}</span>
                      <a
                        href={`/teach/courses/${courseId}/quizzes/${piece.quizId}/attempts/${submissionId}`}
                        className="font-semibold text-accent-ink underline underline-offset-4"
                      >
                        {t('viewAnswer')}
                      </a>
                    </span>
                  </li>
                ),
              )}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}
