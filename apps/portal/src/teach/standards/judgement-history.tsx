'use client'
import { useTranslations } from '../../i18n/client.tsx'
import type { OutputOf } from '../../lib/api.browser.ts'
import { Moment } from '../moment.tsx'
import type { Level } from './standards.ts'

type Judgements = OutputOf<'assessment.getEvidence'>['judgements']

/** Which levels were set and taken back, newest first. Nothing where none was. */
export function JudgementHistory({
  judgements,
  levels,
}: {
  judgements: Judgements
  levels: readonly Level[]
}) {
  const t = useTranslations('standards')
  if (judgements.length === 0) return null
  return (
    <section aria-label={t('history')} className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 className="font-bold">{t('history')}</h3>
      <ol className="flex flex-col gap-2">
        {judgements.map(({ id, levelId, reason, judgedAt }) => (
          <li key={id} className="border-s-2 border-line ps-4 text-sm">
            <p className="font-semibold break-words">
              {levelId
                ? t('historySet', {
                    level: levels.find(level => level.id === levelId)?.name ?? t('removedLevel'),
                  })
                : t('historyBack')}
            </p>
            {reason ? <p className="wrap-anywhere">{t('historyReason', { reason })}</p> : null}
            <p className="text-muted">
              <Moment time={judgedAt} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
