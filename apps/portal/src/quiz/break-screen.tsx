'use client'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { useLessData } from '../less-data/less-data.tsx'
import { call } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { afterBreak } from './after-break.ts'
import { dueBefore, type QuizDates } from './break-dates.ts'
import { watchEnd } from './end-watch.ts'
import { useLocalTime } from './local-time.tsx'
import { clockText } from './time-left.ts'

type BreakScreenProps = {
  submission: Submission
  /** The break was told just now, and not kept with the page. */
  heard: boolean
  /** The attempt as this page had it before the break, to go on without a line once the break is over. */
  before: Submission | null
  dates: QuizDates
  /** The break is over. */
  onBack: (submission: Submission) => void
}

// Another tab or device may end the break: this page follows within this.
const lookMs = 15_000
const seldomMs = 60_000

/** In place of the questions while the clock stands still. It counts down by the server's clock, and ends by itself. */
export function BreakScreen({ submission, heard, before, dates, onBack }: BreakScreenProps) {
  const t = useTranslations('quiz')
  const lost = useTranslations('common')('connectionLost')
  const timeText = useLocalTime()
  const less = useLessData()
  const { id, now, breaks } = submission
  const until = breaks?.until ?? now
  const dueAt = dueBefore(dates, now, Date.parse(submission.expiresAt ?? now))
  const [left, setLeft] = useState<number | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const done = useRef(false)
  const take = useRef(onBack)
  take.current = onBack
  const back = useCallback((shown: Submission) => {
    if (done.current) return
    done.current = true
    take.current(shown)
  }, [])
  const look = useCallback(async () => {
    const fresh = await call('assessment.getSubmission', { submissionId: id })
    if (!fresh.breaks?.until) back(fresh)
    return { expiresAt: fresh.breaks?.until ?? fresh.now, now: fresh.now }
  }, [id, back])
  /** Nobody can be asked, and by what is known the break is over. */
  const goOnAlone = useRef((_nowMs: number) => {})
  goOnAlone.current = nowMs => {
    if (!before || !breaks) return setFault(lost)
    const now = new Date(Math.max(nowMs, Date.parse(until))).toISOString()
    back({ ...afterBreak(before, submission), now, breaks: { ...breaks, until: null } })
  }
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    const watch = watchEnd({
      first: { expiresAt: until, now, heard },
      ask: look,
      clock: Date.now,
      isVisible: () => document.visibilityState === 'visible',
      onLeft: setLeft,
      onEnd: nowMs => goOnAlone.current(nowMs),
    })
    const lookAgain = () => {
      if (document.visibilityState !== 'visible') return
      look().then(
        ({ expiresAt }) => watch.moveTo(expiresAt),
        () => {
          // Without a line it counts on by what it knows.
        },
      )
    }
    const timers = [setInterval(watch.tick, 1000), setInterval(lookAgain, less ? seldomMs : lookMs)]
    document.addEventListener('visibilitychange', lookAgain)
    return () => {
      for (const timer of timers) clearInterval(timer)
      document.removeEventListener('visibilitychange', lookAgain)
      watch.stop()
    }
  }, [until, now, heard, less, look])
  const goOn = async () => {
    setPending(true)
    setFault(null)
    try {
      back(await call('assessment.endBreak', { submissionId: id, number: breaks?.count ?? 1 }))
    } catch (failure) {
      setPending(false)
      setFault(faultText(failure, lost))
      // Its time may have run out with the closing of the quiz; then the result is shown.
      look().catch(() => undefined)
    }
  }
  return (
    <Card className="flex flex-col items-start gap-4">
      <h2 ref={heading} tabIndex={-1} className="flex items-center gap-2 text-xl font-bold outline-none">
        <Icon name="clock" className="text-accent" />
        {t('onBreak')}
      </h2>
      <p>{t('onBreakText')}</p>
      <p className="text-3xl font-bold tabular-nums">
        <span role="timer" aria-label={t('breakEnds')}>
          {left === null ? '–' : clockText(left)}
        </span>
      </p>
      <p className="text-sm text-muted">{t('breakEndsText')}</p>
      {dueAt ? <p className="text-sm">{t('breakDue', { time: timeText(dueAt) })}</p> : null}
      {dates.closesAt ? (
        <p className="text-sm">{t('breakCloses', { time: timeText(dates.closesAt) })}</p>
      ) : null}
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <Button size="large" onPress={goOn} isPending={pending}>
        {t('endBreak')}
      </Button>
    </Card>
  )
}
