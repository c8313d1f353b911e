'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { RunState } from './use-run.ts'

/** How a run is going, in a line that is read out. */
export function RunSummary({
  state,
  tests,
  children,
}: {
  state: RunState
  tests: { id: string }[]
  /** Where it ran. */
  children?: ReactNode
}) {
  const t = useTranslations('code')
  const { isRunning, isSlow, results: all, fault, ran, loaded } = state
  const own = all.some(({ testId }) => testId === null)
  // Rules of style are told below, and are not tests.
  const results = all.filter(({ testId }) => testId === null || tests.some(({ id }) => id === testId))
  const count = tests.length
  const passed = results.filter(({ outcome }) => outcome === 'right').length
  return (
    <>
      <div role="status" className="flex min-h-6 items-center gap-2 font-semibold empty:hidden">
        {isRunning ? (
          <>
            <Spinner />
            {t(
              loaded !== null ? 'preparing' : isSlow && ran?.place !== 'device' ? 'stillRunning' : 'running',
            )}
          </>
        ) : results.length > 0 && fault === null ? (
          own ? (
            t('ranOwn')
          ) : (
            t(results.length < count ? 'stoppedAfter' : 'passedOf', { passed, count, run: results.length })
          )
        ) : null}
      </div>
      {loaded === null ? null : <ProgressBar label={t('preparing')} percent={loaded * 100} labelHidden />}
      <div role="status" className="empty:hidden">
        {isRunning || results.length === 0 ? null : children}
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
    </>
  )
}
