'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { signedOutEvent } from '@azora/web/offline/caches.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type InputOf, type OutputOf } from '../../lib/api.browser.ts'
import { forgetDraft, keepDraft, keptDraft } from './draft.ts'

export type Lesson = OutputOf<'education.editLesson'>
export type LessonValue = Required<Omit<InputOf<'education.saveLesson'>, 'lessonId'>>

/** What can be changed of a lesson, as it is stored. */
function lessonValue(lesson: Lesson): LessonValue {
  return {
    title: lesson.title,
    content: lesson.content,
    durationMinutes: lesson.durationMinutes,
    required: lesson.required,
    fileId: lesson.file?.id ?? null,
    linkUrl: lesson.linkUrl,
    quizId: lesson.quizId,
    attachmentIds: lesson.attachments.map(file => file.id),
  }
}

function isValue(value: unknown): value is LessonValue {
  const { title, content, attachmentIds } = (value ?? {}) as Partial<LessonValue>
  return typeof title === 'string' && typeof content === 'string' && Array.isArray(attachmentIds)
}

const keepAfterMs = 800

/**
 * The lesson as it is being written: changed, kept on this device after each pause, saved on demand. `restored` says
 * that a draft of an earlier visit was brought back; `generation` changes whenever the fields must be drawn anew.
 */
export function useLesson(initial: Lesson) {
  const common = useTranslations('common')
  const [stored, setStored] = useState(() => JSON.stringify(lessonValue(initial)))
  const [value, setValue] = useState(() => lessonValue(initial))
  const [restored, setRestored] = useState<'no' | 'yes' | 'changedSince'>('no')
  const [generation, setGeneration] = useState(0)
  const [saving, setSaving] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const dirty = JSON.stringify(value) !== stored
  const latest = useRef({ value, dirty, stored })
  const signedOut = useRef(false)
  latest.current = { value, dirty, stored }

  useEffect(() => {
    const draft = keptDraft(localStorage, initial.id, isValue)
    const base = JSON.stringify(lessonValue(initial))
    if (!draft || JSON.stringify(draft.value) === base) return
    setValue(draft.value)
    setRestored(draft.base === base ? 'yes' : 'changedSince')
    setGeneration(current => current + 1)
  }, [initial])

  useEffect(() => {
    if (!dirty) return
    const keep = () => {
      if (!signedOut.current) keepDraft(localStorage, initial.id, { base: stored, value })
    }
    const timer = setTimeout(keep, keepAfterMs)
    return () => clearTimeout(timer)
  }, [dirty, value, stored, initial.id])

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      const now = latest.current
      if (!now.dirty || signedOut.current) return
      keepDraft(localStorage, initial.id, { base: now.stored, value: now.value })
      event.preventDefault()
    }
    const end = () => {
      signedOut.current = true
    }
    addEventListener('beforeunload', leave)
    addEventListener(signedOutEvent, end)
    return () => {
      removeEventListener('beforeunload', leave)
      removeEventListener(signedOutEvent, end)
    }
  }, [initial.id])

  const change = useCallback((part: Partial<LessonValue>) => setValue(before => ({ ...before, ...part })), [])
  const save = useCallback(async () => {
    const sent = latest.current.value
    setSaving(true)
    setFault(null)
    setFaults({})
    try {
      await call('education.saveLesson', { lessonId: initial.id, ...sent })
      // What was typed while it was being sent stays unsaved.
      setStored(JSON.stringify(sent))
      setRestored('no')
      forgetDraft(localStorage, initial.id)
    } catch (failure) {
      if (failure instanceof ApiError && failure.data.fields?.length)
        setFaults(Object.fromEntries(failure.data.fields.map(field => [field.path, field.message])))
      setFault(faultText(failure, common('connectionLost')))
    } finally {
      setSaving(false)
    }
  }, [initial.id, common])
  const discard = () => {
    forgetDraft(localStorage, initial.id)
    setValue(JSON.parse(stored) as LessonValue)
    setRestored('no')
    setGeneration(current => current + 1)
  }
  return { value, change, save, saving, dirty, fault, faults, restored, discard, generation }
}
