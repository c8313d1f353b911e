'use client'
import { pointsOfPercent } from '@azora/contracts/assessment/hint-points.ts'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { ConnectionLost } from '../lib/api.browser.ts'
import { HintList, hintId } from './hint-list.tsx'
import type { OpenHints } from './use-hints.ts'

type HintsProps = {
  questionId: string
  points: number
  open: OpenHints
  take: () => Promise<void>
  isDisabled: boolean
}

/** The hints of a question that were taken, and the next one, which is asked about before it costs something. */
export function Hints({ questionId, points, open, take, isDisabled }: HintsProps) {
  const t = useTranslations('quiz')
  const lost = useTranslations('common')('connectionLost')
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const { length: taken } = open.taken
  const known = useRef(taken)
  useEffect(() => {
    if (asking || known.current === taken) return
    known.current = taken
    // The dialog gives the focus back to its button as it goes; what was asked for is read next.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.getElementById(hintId(questionId, taken))?.focus()),
    )
  }, [asking, taken, questionId])
  const show = async () => {
    setFault(null)
    setBusy(true)
    try {
      await take()
    } catch (failure) {
      setFault(failure instanceof ConnectionLost ? t('hintOffline') : faultText(failure, lost))
    }
    setBusy(false)
  }
  const percent = open.nextCostPercent
  const next = { number: taken + 1, count: open.count }
  const cost = costOf(points, percent ?? 0)
  return (
    <section aria-label={t('hints')} className="flex flex-col items-start gap-3">
      <HintList questionId={questionId} hints={open} t={t} />
      {percent === null ? null : (
        <Button
          variant="secondary"
          size="small"
          className="h-auto! min-h-11 max-w-full py-2 text-start whitespace-normal!"
          onPress={percent > 0 ? () => setAsking(true) : show}
          isPending={busy}
          isDisabled={isDisabled}
        >
          <Icon name="info" />
          <span>
            {percent === 0
              ? t('showHint', next)
              : cost.points === null
                ? t('showHintPercent', { ...next, percent })
                : t('showHintPoints', { ...next, points: cost.points })}
          </span>
        </Button>
      )}
      {fault ? (
        <p role="alert" className="text-sm font-medium text-bad-ink">
          {fault}
        </p>
      ) : null}
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('hintTitle', { number: next.number })}
        confirmLabel={t('hintConfirm')}
        cancelLabel={t('hintCancel')}
        onConfirm={show}
      >
        <p>
          {cost.points === null
            ? t('hintTakesPercent', { percent: cost.percent })
            : t('hintTakesPoints', { points: cost.points })}
        </p>
      </ConfirmDialog>
    </section>
  )
}

/** In points where they come out even, as those are what a learner counts; else null. */
function costOf(points: number, percent: number) {
  const off = pointsOfPercent(points, percent)
  return { percent, points: Number.isInteger(Math.round(off * 10_000) / 1000) ? off : null }
}
