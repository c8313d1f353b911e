'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { clockText, leftSeconds } from './time-left.ts'

type CountdownProps = { submission: Submission; onEnd: () => void }

// When a screen reader is told how many minutes are left.
const spokenMinutes = [10, 5, 2, 1]

/** Counts down by the server's clock to the end of the time limit, and calls `onEnd` once when it comes. */
export function Countdown({ submission, onEnd }: CountdownProps) {
  const t = useTranslations('quiz')
  const { id, now, expiresAt } = submission
  const [left, setLeft] = useState<number | null>(null)
  const [spoken, setSpoken] = useState('')
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    if (!expiresAt) return
    let offsetMs = Date.parse(now) - Date.now()
    let over = false
    const tick = () => {
      const seconds = leftSeconds(expiresAt, Date.now() + offsetMs)
      setLeft(seconds)
      const minutes = seconds / 60
      if (spokenMinutes.includes(minutes)) setSpoken(t('minutesLeft', { count: minutes }))
      if (seconds > 0 || over) return
      over = true
      end.current()
    }
    tick()
    // The page may be older than it looks, out of the device's cache: ask what time it is now.
    call('assessment.getSubmission', { submissionId: id }).then(
      fresh => {
        offsetMs = Date.parse(fresh.now) - Date.now()
      },
      () => {
        // Without a line the device's own clock is the best there is.
        offsetMs = 0
      },
    )
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [id, now, expiresAt, t])
  if (left === null) return null
  return (
    <p
      className={`flex items-center gap-2 font-semibold tabular-nums ${left < 60 ? 'text-bad' : left < 300 ? 'text-amber-ink' : ''}`}
    >
      <Icon name="clock" />
      <span role="timer">{t('timeLeft', { time: clockText(left) })}</span>
      <span role="status" className="sr-only">
        {spoken}
      </span>
    </p>
  )
}
