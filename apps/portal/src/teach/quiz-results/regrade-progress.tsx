'use client'
import { Button } from '@azora/ui/button.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'

type Latest = NonNullable<OutputOf<'assessment.getRegrade'>['latest']>

const everyMs = 1000

/** How far a regrade is. It goes on when the dialog is closed. */
export function RegradeProgress({ quizId, onClose }: { quizId: string; onClose: () => void }) {
  const t = useTranslations('regrading')
  const common = useTranslations('common')
  const [latest, setLatest] = useState<Latest | null>(null)
  const done = latest?.state === 'done'
  useEffect(() => {
    if (done) return
    // A look that fails is made up for by the next.
    const look = () =>
      call('assessment.getRegrade', { quizId })
        .then(found => setLatest(found.latest))
        .catch(() => {})
    void look()
    const timer = setInterval(look, everyMs)
    return () => clearInterval(timer)
  }, [quizId, done])
  const percent = latest && latest.totalCount > 0 ? (latest.doneCount / latest.totalCount) * 100 : 0
  return (
    <>
      {done ? null : (
        <>
          <ProgressBar label={t('progress')} percent={percent} />
          <p className="text-sm text-muted">{t('progressText')}</p>
        </>
      )}
      <p role="status" className="font-semibold">
        {done ? t('done', { count: latest.changedCount }) : ''}
      </p>
      {done && latest.failedCount > 0 ? (
        <p className="text-bad-ink">{t('failed', { count: latest.failedCount })}</p>
      ) : null}
      <div className="flex justify-end">
        <Button variant="secondary" onPress={onClose}>
          {common('close')}
        </Button>
      </div>
    </>
  )
}
