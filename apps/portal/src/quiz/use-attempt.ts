'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { ConnectionLost, call } from '../lib/api.browser.ts'
import {
  type Answers,
  heldAttempt,
  keepAnswer,
  keepSubmit,
  type Submission,
  takeRefusal,
} from '../offline/answers.ts'
import { sendWaiting, takeGraded } from '../offline/sender.ts'

/**
 * `kept`: on this device, waiting for the line. `waiting`: submitted, but the server does not have it yet. `unkept`:
 * nothing of it is saved anywhere, as in a teacher's preview.
 */
export type SaveState = 'saved' | 'saving' | 'kept' | 'handing' | 'waiting' | 'unkept'

export type Answering = {
  answers: Answers
  state: SaveState
  fault: string | null
  choose: (questionId: string, chosen: string[]) => void
  submit: () => Promise<void>
}

const saveAfterMs = 700
const retryAfterMs = 15_000

/**
 * The answers of an open attempt. Each change goes into this device's outbox at once and from there to the server
 * soon after, so that neither a power cut nor a lost line costs an answer. `onGraded` is called with the result once;
 * `fault` is a refusal that trying again would not mend.
 */
export function useAttempt(submission: Submission, onGraded: (graded: Submission) => void): Answering {
  const { id } = submission
  const lost = useTranslations('common')('connectionLost')
  const [answers, setAnswers] = useState<Answers>(submission.answers)
  const [state, setState] = useState<SaveState>('saved')
  const [fault, setFault] = useState<string | null>(null)
  const all = useRef<Answers>(submission.answers)
  /** What was chosen on this page, which is newer than all else. */
  const chosenHere = useRef<Answers>({})
  /** The last change on its way to the disk: each waits for the one before. */
  const keeping = useRef<Promise<unknown>>(Promise.resolve())
  const handed = useRef(false)
  const ended = useRef(false)
  /** How often something was chosen, to see what came while something else was sent. */
  const choices = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const graded = useRef(onGraded)
  graded.current = onGraded

  const end = useCallback((result: Submission) => {
    if (ended.current) return
    ended.current = true
    graded.current(result)
  }, [])

  const fail = useCallback(
    (failure: unknown) => {
      handed.current = false
      setState('unkept')
      setFault(failure instanceof ConnectionLost ? lost : failure instanceof Error ? failure.message : lost)
    },
    [lost],
  )

  /** Sends what is waiting, and comes back later if the line is down. */
  const send = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current)
    const before = choices.current
    setState(handed.current ? 'handing' : 'saving')
    await sendWaiting()
    const held = await heldAttempt(id)
    handed.current ||= held.submitted
    // Submitted, from this tab or another; or its time ran out, and what counts is what the server has.
    if (held.closed || (handed.current && !held.submitted && held.refused.length === 0))
      return end(takeGraded(id) ?? (await call('assessment.getSubmission', { submissionId: id })))
    const refusal = await takeRefusal(held)
    if (refusal) return fail(new Error(refusal))
    if (!handed.current && before !== choices.current) return
    if (handed.current) setState('waiting')
    else setState(Object.keys(held.waiting).length > 0 ? 'kept' : 'saved')
    if (handed.current || Object.keys(held.waiting).length > 0)
      timer.current = setTimeout(() => sendLater.current(), retryAfterMs)
  }, [id, end, fail])
  const sendLater = useRef(() => {})
  sendLater.current = () => {
    send().catch((failure: unknown) => {
      console.warn('What waits on this device could not be sent; it stays and is tried again.', failure)
      setState(handed.current ? 'waiting' : 'kept')
      timer.current = setTimeout(() => sendLater.current(), retryAfterMs)
    })
  }

  // What an earlier visit could not send is newer than what the server told.
  useEffect(() => {
    let here = true
    heldAttempt(id).then(
      held => {
        if (!here) return
        all.current = { ...held.sent, ...submission.answers, ...held.waiting, ...chosenHere.current }
        handed.current ||= held.submitted
        setAnswers(all.current)
        if (held.submitted || held.closed || Object.keys(held.waiting).length > 0) sendLater.current()
      },
      (failure: unknown) => {
        console.warn('This device keeps no answers; each is sent at once.', failure)
      },
    )
    const online = () => sendLater.current()
    addEventListener('online', online)
    return () => {
      here = false
      clearTimeout(timer.current)
      removeEventListener('online', online)
    }
  }, [id, submission.answers])
  const choose = useCallback(
    (questionId: string, chosen: string[]) => {
      if (handed.current) return
      choices.current++
      chosenHere.current = { ...chosenHere.current, [questionId]: chosen }
      all.current = { ...all.current, [questionId]: chosen }
      setAnswers(all.current)
      setState('saving')
      clearTimeout(timer.current)
      const kept = keeping.current.then(() => keepAnswer(id, questionId, chosen))
      keeping.current = kept.catch(() => undefined)
      kept.then(sent => {
        if (sent) return setState('saved')
        clearTimeout(timer.current)
        timer.current = setTimeout(() => sendLater.current(), saveAfterMs)
      }, fail)
    },
    [id, fail],
  )

  const submit = useCallback(async () => {
    setFault(null)
    handed.current = true
    setState('handing')
    try {
      await keeping.current
      const result = await keepSubmit(id, all.current)
      if (result) end(result)
      else sendLater.current()
    } catch (failure) {
      fail(failure)
    }
  }, [id, end, fail])

  return { answers, state, fault, choose, submit }
}
