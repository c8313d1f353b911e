'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useDraft } from '@azora/web/drafts/use-draft.ts'
import { useCallback, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type InputOf, type OutputOf } from '../../lib/api.browser.ts'

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

/**
 * The lesson as it is being written: changed, kept on this device after each pause, saved on demand.
 * `generation` changes whenever the fields must be drawn anew.
 */
export function useLesson(initial: Lesson) {
  const common = useTranslations('common')
  const [stored, setStored] = useState(() => JSON.stringify(lessonValue(initial)))
  const [value, setValue] = useState(() => lessonValue(initial))
  const [generation, setGeneration] = useState(0)
  const [saving, setSaving] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const draft = useDraft({
    thing: `lesson:${initial.id}`,
    value,
    base: stored,
    isValue,
    onRestore: kept => {
      setValue(kept)
      setGeneration(current => current + 1)
    },
  })
  const { dirty } = draft
  const latest = useRef(value)
  latest.current = value

  const change = useCallback((part: Partial<LessonValue>) => setValue(before => ({ ...before, ...part })), [])
  const save = useCallback(async () => {
    const sent = latest.current
    setSaving(true)
    setFault(null)
    setFaults({})
    try {
      await call('education.saveLesson', { lessonId: initial.id, ...sent })
      // What was typed while it was being sent stays unsaved.
      setStored(JSON.stringify(sent))
    } catch (failure) {
      if (failure instanceof ApiError && failure.data.fields?.length)
        setFaults(Object.fromEntries(failure.data.fields.map(field => [field.path, field.message])))
      setFault(faultText(failure, common('connectionLost')))
    } finally {
      setSaving(false)
    }
  }, [initial.id, common])
  return { value, change, save, saving, dirty, fault, faults, draft, generation }
}
