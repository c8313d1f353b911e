'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../../lib/api.browser.ts'

export type AnswerToMark = OutputOf<'assessment.getAnswerToMark'>
type Mark = Pick<AnswerToMark, 'levels' | 'awarded' | 'comment' | 'reason' | 'annotations'>
type Saved = OutputOf<'assessment.saveMark'>

const blank: Mark = { levels: {}, awarded: null, comment: '', reason: '', annotations: [] }

const draftAfterMs = 1200

/**
 * The mark of one answer as it is being made. A draft is saved soon after each change, so that it is there after a
 * reload and on another device; a mark that is done changes only when it is done again. Saves go one after the other,
 * each on the revision of the one before.
 */
export function useMark(
  onSaved: (answerId: string, saved: Saved) => void,
  onGone: (answerId: string) => void,
) {
  const lost = useTranslations('common')('connectionLost')
  const [answer, setAnswer] = useState<AnswerToMark | null>(null)
  const [mark, setMark] = useState<Mark>(blank)
  const [state, setState] = useState<'idle' | 'saving' | 'draft' | 'marked'>('idle')
  const [fault, setFault] = useState<string | null>(null)
  /** Another person, or another tab, has saved a newer mark. */
  const [stale, setStale] = useState(false)
  /** The marks of an answer were released while it was open: what was typed and could not be saved. */
  const [gone, setGone] = useState<{ comment: string } | null>(null)
  /** The answer on screen; null while the next one loads, so that nothing is done with what is not seen. */
  const shown = useRef<{ answer: AnswerToMark; mark: Mark; revision: number; dirty: boolean } | null>(null)
  const queue = useRef<Promise<boolean>>(Promise.resolve(true))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = useRef(0)
  const saved = useRef(onSaved)
  saved.current = onSaved
  const left = useRef(onGone)
  left.current = onGone

  const leave = useCallback((answerId: string, comment: string) => {
    if (shown.current?.answer.id === answerId) shown.current = null
    setAnswer(current => (current?.id === answerId ? null : current))
    setState('idle')
    // A comment that is kept stays until it is closed.
    setGone(kept => (kept?.comment && !comment ? kept : { comment }))
    left.current(answerId)
  }, [])

  const save = useCallback(
    (done: boolean): Promise<boolean> => {
      clearTimeout(timer.current)
      const held = shown.current
      const saving = queue.current.then(async () => {
        if (!held?.answer.mayMark || (!done && !held.dirty)) return true
        setState('saving')
        setFault(null)
        held.dirty = false
        try {
          const input = { answerId: held.answer.id, revision: held.revision, ...held.mark, done }
          const result = await call('assessment.saveMark', input)
          held.revision = result.revision
          saved.current(held.answer.id, result)
          if (shown.current === held) setState(result.state === 'marked' ? 'marked' : 'draft')
          return true
        } catch (failure) {
          if (isGone(failure)) {
            leave(held.answer.id, held.mark.comment)
            return true
          }
          held.dirty = true
          setState('idle')
          setStale(isChanged(failure))
          setFault(faultText(failure, lost))
          return false
        }
      })
      queue.current = saving
      return saving
    },
    [lost, leave],
  )

  const load = useCallback(
    async (answerId: string | null) => {
      const turn = ++asked.current
      const before = shown.current
      shown.current = null
      clearTimeout(timer.current)
      setAnswer(null)
      setFault(null)
      setStale(false)
      try {
        const loaded = answerId ? await call('assessment.getAnswerToMark', { answerId }) : null
        if (turn !== asked.current) return
        const { levels, awarded, comment, reason, annotations } = loaded ?? blank
        const held = { levels, awarded, comment, reason, annotations }
        shown.current = loaded && { answer: loaded, mark: held, revision: loaded.revision, dirty: false }
        setAnswer(loaded)
        setMark(held)
        setState(loaded?.state === 'waiting' || !loaded ? 'idle' : loaded.state)
      } catch (failure) {
        if (turn !== asked.current) return
        const unsaved = before?.dirty && before.answer.id === answerId ? before.mark.comment : ''
        if (answerId && isGone(failure)) leave(answerId, unsaved)
        else setFault(faultText(failure, lost))
      }
    },
    [lost, leave],
  )

  const change = useCallback(
    (part: Partial<Mark>) => {
      const held = shown.current
      if (!held?.answer.mayMark) return
      held.mark = { ...held.mark, ...part }
      held.dirty = true
      setMark(held.mark)
      clearTimeout(timer.current)
      // A mark that is done stays so while it is changed, and is done again with the next step.
      if (held.answer.state === 'marked') setState('idle')
      else timer.current = setTimeout(() => void save(false), draftAfterMs)
    },
    [save],
  )

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (shown.current?.dirty) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => {
      removeEventListener('beforeunload', ask)
      clearTimeout(timer.current)
    }
  }, [])

  /** Saves what is unsaved before something else is shown; false where that failed. */
  const settle = useCallback(() => {
    const held = shown.current
    return held?.dirty && held.answer.state === 'marked' ? save(true) : save(false)
  }, [save])
  const finish = useCallback(() => save(true), [save])
  const isShown = useCallback((answerId: string | null) => shown.current?.answer.id === answerId, [])
  const forget = useCallback(() => setGone(null), [])
  return { answer, mark, state, fault, stale, gone, load, change, settle, finish, isShown, forget }
}

const isGone = (failure: unknown) => failure instanceof ApiError && failure.code === 'not_found'
const isChanged = (failure: unknown) =>
  failure instanceof ApiError && (failure.code === 'mark_changed' || failure.code === 'mark_not_yours')
