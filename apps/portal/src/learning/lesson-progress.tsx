'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Progress } from '../offline/database.ts'
import { outboxEvent } from '../offline/outbox.ts'
import { outcomeOf, saveProgress } from '../offline/progress.ts'
import { noteDone, useDoneHere } from './done-here.ts'
import { lessonTextId, lessonVideoId } from './lesson-anchors.ts'
import { percentRead, restorePosition } from './reading-position.ts'

type LessonProgressProps = {
  lessonId: string
  initial: { completed: boolean; positionPercent: number; positionSeconds: number }
  /** The next lesson, if there is one. */
  next: string | null
  course: string
}

type State = 'idle' | 'saving' | 'saved' | 'kept' | 'failed'

const shownAs = { sent: 'saved', kept: 'kept', refused: 'failed' } as const

// Rare enough to cost little data, often enough that a power cut loses a few lines.
const saveAfterMs = 2500

/** Keeps where one is in a lesson, brings one back there, and marks the lesson as done. */
export function LessonProgress({ lessonId, initial, next, course }: LessonProgressProps) {
  const t = useTranslations('lesson')
  const [state, setState] = useState<State>('idle')
  const here = useDoneHere().get(lessonId)
  const completed = initial.completed || here !== undefined
  const [busy, setBusy] = useState(false)
  const [restored, setRestored] = useState(false)
  const reached = useRef<Progress>({ lessonId, ...initial })
  const onward = useRef<HTMLAnchorElement>(null)
  const saved = useRef<Progress>({ lessonId, ...initial })

  const save = useRef(async (completed: boolean, keepalive = false) => {
    const progress = { ...reached.current, completed: completed || Boolean(reached.current.completed) }
    saved.current = progress
    setState('saving')
    try {
      const outcome = await saveProgress(progress, keepalive)
      setState(shownAs[outcome])
      if (progress.completed && outcome !== 'refused')
        noteDone(lessonId, outcome === 'sent' ? 'counted' : 'waiting')
      return outcome
    } catch (failure) {
      console.warn('The progress could not be saved.', failure)
      setState('failed')
      return 'refused'
    }
  })

  useEffect(() => {
    const text = document.getElementById(lessonTextId)
    const video = document.getElementById(lessonVideoId) as HTMLVideoElement | null
    if (text && !video && !initial.completed && restorePosition(text, initial.positionPercent))
      setRestored(true)

    let timer: ReturnType<typeof setTimeout> | undefined
    const differs = () =>
      (reached.current.positionPercent ?? 0) > (saved.current.positionPercent ?? 0) ||
      (reached.current.positionSeconds ?? 0) > (saved.current.positionSeconds ?? 0)
    const later = () => {
      if (!differs()) return
      timer ??= setTimeout(() => {
        timer = undefined
        void save.current(false)
      }, saveAfterMs)
    }
    const scrolled = () => {
      if (!text) return
      const percent = percentRead(text)
      if (percent <= (reached.current.positionPercent ?? 0)) return
      reached.current = { ...reached.current, positionPercent: percent }
      later()
    }
    const played = () => {
      if (!video) return
      const seconds = Math.floor(video.currentTime)
      const percent = video.duration
        ? Math.min(100, Math.round((video.currentTime / video.duration) * 100))
        : 0
      reached.current = {
        ...reached.current,
        positionSeconds: Math.max(seconds, reached.current.positionSeconds ?? 0),
        positionPercent: Math.max(percent, reached.current.positionPercent ?? 0),
      }
      later()
    }
    const seekToSaved = () => {
      if (video && initial.positionSeconds > 2 && initial.positionSeconds < video.duration - 5)
        video.currentTime = initial.positionSeconds
    }
    const ended = () => void save.current(true)
    const leaving = () => {
      if (document.visibilityState === 'hidden' && differs()) void save.current(false, true)
    }
    const look = () => {
      outcomeOf(lessonId).then(
        outcome => setState(now => (outcome === 'kept' || now === 'kept' ? shownAs[outcome] : now)),
        (failure: unknown) => console.warn('What waits on this device could not be read.', failure),
      )
    }
    look()
    addEventListener('scroll', scrolled, { passive: true })
    document.addEventListener('visibilitychange', leaving)
    addEventListener(outboxEvent, look)
    video?.addEventListener('timeupdate', played)
    video?.addEventListener('ended', ended)
    if (video && video.readyState >= HTMLMediaElement.HAVE_METADATA) seekToSaved()
    else video?.addEventListener('loadedmetadata', seekToSaved, { once: true })
    return () => {
      clearTimeout(timer)
      removeEventListener('scroll', scrolled)
      document.removeEventListener('visibilitychange', leaving)
      removeEventListener(outboxEvent, look)
      video?.removeEventListener('timeupdate', played)
      video?.removeEventListener('ended', ended)
    }
  }, [initial, lessonId])

  const finish = async () => {
    setBusy(true)
    reached.current = { ...reached.current, positionPercent: 100 }
    // Without a line one stays: the next lesson may not be on this device, and here it is seen that this one counts.
    if ((await save.current(true)) === 'sent') return location.assign(next ?? course)
    setBusy(false)
    // After the link that takes the button's place is drawn.
    setTimeout(() => onward.current?.focus())
  }

  return (
    <div className="flex flex-col gap-4 rounded-card bg-sunken/70 p-5 sm:flex-row sm:items-center sm:justify-between">
      {/* The browser's own button: React Aria's would be a tenth of what a lesson may weigh. */}
      {completed ? (
        <a ref={onward} href={next ?? course} className={buttonStyle({ size: 'large' })}>
          {next ? t('continue') : t('finish')}
          <Icon name="forward" />
        </a>
      ) : (
        <button type="button" onClick={finish} disabled={busy} className={buttonStyle({ size: 'large' })}>
          {busy ? <Spinner /> : <Icon name="check" />}
          {next ? t('done') : t('doneLast')}
        </button>
      )}
      <p role="status" className="flex min-h-6 items-center gap-2 text-sm text-muted">
        {completed && state === 'idle' ? <Said icon text={t('isDone')} /> : null}
        {state === 'saving' ? t('saving') : null}
        {state === 'saved' ? <Said icon text={t('saved')} /> : null}
        {state === 'kept' ? (
          <span className="flex items-center gap-2 font-medium text-amber-ink">
            <Icon name="offline" />
            {t(completed ? 'doneOnDevice' : 'onDevice')}
          </span>
        ) : null}
        {state === 'failed' ? <span className="font-medium text-bad">{t('failed')}</span> : null}
      </p>
      {restored ? (
        <p
          role="status"
          className="fixed inset-x-4 bottom-4 z-20 mx-auto flex w-fit max-w-full items-center gap-3 rounded-full border border-line bg-surface px-5 py-2 text-sm shadow-float"
        >
          {t('restored')}
          <button
            type="button"
            className="min-h-9 font-semibold text-accent-ink underline underline-offset-4"
            onClick={() => {
              scrollTo({ top: 0 })
              setRestored(false)
            }}
          >
            {t('toTop')}
          </button>
        </p>
      ) : null}
    </div>
  )
}

function Said({ text, icon }: { text: string; icon?: boolean }) {
  return (
    <>
      {icon ? <Icon name="check" className="text-good" /> : null}
      {text}
    </>
  )
}
