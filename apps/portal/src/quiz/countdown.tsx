'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { useLessData } from '../less-data/less-data.tsx'
import { call } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { onMovedEnd } from '../offline/moved-end.ts'
import { tellBreak } from '../offline/told-break.ts'
import { watchEnd } from './end-watch.ts'
import { endOfSection } from './sections.ts'
import { clockText } from './time-left.ts'

type CountdownProps = {
  submission: Submission
  /** It was told just now, and not kept with the page. */
  heard: boolean
  /** The number of a section, to count down to its end and not to that of all. */
  section?: number
  /** It stands beside the time of a section. */
  isWhole?: boolean
  onEnd: () => void
}

// When a screen reader is told how many minutes are left.
const spokenMinutes = [10, 5, 2, 1]

/** Counts down by the server's clock to the end of an attempt, or of a section of it, also when that moves, and calls `onEnd` once when it comes. */
export function Countdown({ submission, heard, section, isWhole = false, onEnd }: CountdownProps) {
  const t = useTranslations('quiz')
  const { id, now } = submission
  const endIn = (told: Pick<Submission, 'expiresAt' | 'currentSection' | 'now'>) =>
    section === undefined ? told.expiresAt : endOfSection(told, section)
  const expiresAt = endIn(submission)
  const ending = useRef(endIn)
  ending.current = endIn
  const less = useLessData()
  const [left, setLeft] = useState<number | null>(null)
  const [spoken, setSpoken] = useState<number | null>(null)
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    const watch = watchEnd({
      first: { expiresAt, now, heard },
      ask: async () => {
        const told = await call('assessment.getSubmission', { submissionId: id })
        if (told.breaks?.until) tellBreak(id)
        return { expiresAt: ending.current(told), now: told.now }
      },
      clock: Date.now,
      isVisible: () => document.visibilityState === 'visible',
      seldom: less,
      onLeft: seconds => {
        setLeft(seconds)
        if (seconds !== null && spokenMinutes.includes(seconds / 60)) setSpoken(seconds / 60)
      },
      onEnd: () => end.current(),
    })
    const forget = onMovedEnd(id, told => watch.moveTo(ending.current(told)))
    const timer = setInterval(watch.tick, 1000)
    return () => {
      clearInterval(timer)
      forget()
      watch.stop()
    }
  }, [id, now, expiresAt, heard, less])
  if (left === null) return null
  return (
    <p
      className={`flex items-center gap-2 font-semibold tabular-nums ${left < 60 ? 'text-bad' : left < 300 ? 'text-amber-ink' : ''}`}
    >
      <Icon name="clock" />
      <span role="timer">
        {t(section === undefined ? (isWhole ? 'wholeTimeLeft' : 'timeLeft') : 'sectionTimeLeft', {
          time: clockText(left),
        })}
      </span>
      <span role="status" className="sr-only">
        {spoken === null
          ? ''
          : t(section === undefined ? 'minutesLeft' : 'sectionMinutesLeft', { count: spoken })}
      </span>
    </p>
  )
}
