'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { dueBefore, type QuizDates } from './break-dates.ts'
import { useLocalTime } from './local-time.tsx'
import { clockText } from './time-left.ts'

type TakeBreakProps = {
  submission: Submission
  dates: QuizDates
  /** Files that the server does not have yet: a break would lose those that the device does not keep. */
  filesWaiting: number
  isDisabled: boolean
  onRest: () => Promise<void>
}

/** Asks for a break that stops the clock, and says before how much of it is left. */
export function TakeBreak({ submission, dates, filesWaiting, isDisabled, onRest }: TakeBreakProps) {
  const t = useTranslations('quiz')
  const [asking, setAsking] = useState(false)
  const timeText = useLocalTime()
  const { breaks } = submission
  if (!breaks) return null
  const left = clockText(breaks.secondsLeft)
  const endMs = Date.parse(submission.expiresAt ?? submission.now) + breaks.secondsLeft * 1000
  const dueAt = dueBefore(dates, submission.now, endMs)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Button
        variant="secondary"
        isDisabled={isDisabled || filesWaiting > 0 || breaks.secondsLeft === 0}
        onPress={() => setAsking(true)}
      >
        {t('takeBreak')}
      </Button>
      <p className="text-sm text-muted tabular-nums">
        {breaks.secondsLeft === 0 ? t('noBreakLeft') : t('breakLeft', { time: left })}
      </p>
      {filesWaiting > 0 && breaks.secondsLeft > 0 ? (
        <p className="w-full text-sm">{t('breakFiles', { count: filesWaiting })}</p>
      ) : null}
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('breakQuestion')}
        confirmLabel={t('takeBreak')}
        cancelLabel={t('back')}
        onConfirm={onRest}
      >
        <p>{t('breakText', { time: left })}</p>
        {dueAt ? <p>{t('breakDue', { time: timeText(dueAt) })}</p> : null}
        {dates.closesAt ? <p>{t('breakCloses', { time: timeText(dates.closesAt) })}</p> : null}
      </ConfirmDialog>
    </div>
  )
}
