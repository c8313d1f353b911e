'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, call } from '../lib/api.browser.ts'
import {
  type Answers,
  dropAnswers,
  handIn,
  isPassing,
  keepAnswers,
  keptAnswers,
  type Submission,
} from '../offline/answers.ts'

/**
 * `kept`: on this device, waiting for the line. `waiting`: handed in, but the server does not have it yet. `unkept`:
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
 * The answers of an open attempt. Each change goes to this device's disk at once and to the server soon after, and
 * stays on the device until the server has it, so that neither a power cut nor a lost line costs an answer.
 * `onGraded` is called with the result once; `fault` is a refusal that trying again would not mend.
 */
export function useAttempt(submission: Submission, onGraded: (graded: Submission) => void): Answering {
  const { id } = submission
  const [answers, setAnswers] = useState<Answers>(submission.answers)
  const [state, setState] = useState<SaveState>('saved')
  const [fault, setFault] = useState<string | null>(null)
  const all = useRef<Answers>(submission.answers)
  /** What the server does not have yet. */
  const unsent = useRef<Answers>({})
  const handed = useRef(false)
  const busy = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const graded = useRef(onGraded)
  graded.current = onGraded

  /** Sends what is waiting, and comes back later if the line is down. One at a time. */
  const send = useCallback(async (): Promise<void> => {
    if (busy.current) return
    clearTimeout(timer.current)
    const sending = unsent.current
    if (!handed.current && Object.keys(sending).length === 0) return
    busy.current = true
    setState(handed.current ? 'handing' : 'saving')
    let again: number | null = null
    try {
      if (handed.current) {
        graded.current(await handIn(id, all.current))
      } else {
        await call('assessment.saveAnswers', { submissionId: id, answers: sending })
        const left = Object.entries(unsent.current).filter(
          ([question, chosen]) => sending[question] !== chosen,
        )
        unsent.current = Object.fromEntries(left)
        if (handed.current || left.length) again = 0
        else {
          await keepAnswers(id, { answers: {}, seen: all.current, handIn: false })
          setState('saved')
        }
      }
    } catch (failure) {
      if (isPassing(failure)) {
        setState(handed.current ? 'waiting' : 'kept')
        again = retryAfterMs
      } else if (failure instanceof ApiError && failure.code === 'attempt_closed') {
        // The time ran out, or another tab handed it in: what counts is what the server has.
        await dropAnswers(id)
        graded.current(await call('assessment.getSubmission', { submissionId: id }))
      } else {
        handed.current = false
        setState('kept')
        setFault(failure instanceof Error ? failure.message : String(failure))
      }
    } finally {
      busy.current = false
    }
    if (again !== null) timer.current = setTimeout(() => void send(), again)
  }, [id])

  // What an earlier visit could not send is newer than what the server told.
  useEffect(() => {
    let here = true
    keptAnswers(id).then(kept => {
      if (!kept || !here) return
      unsent.current = { ...kept.answers, ...unsent.current }
      all.current = { ...kept.seen, ...all.current, ...unsent.current }
      handed.current ||= kept.handIn
      setAnswers(all.current)
      void send()
    })
    const online = () => void send()
    addEventListener('online', online)
    return () => {
      here = false
      clearTimeout(timer.current)
      removeEventListener('online', online)
    }
  }, [id, send])

  const choose = useCallback(
    (questionId: string, chosen: string[]) => {
      if (handed.current) return
      unsent.current = { ...unsent.current, [questionId]: chosen }
      all.current = { ...all.current, [questionId]: chosen }
      setAnswers(all.current)
      setState('saving')
      void keepAnswers(id, { answers: unsent.current, seen: all.current, handIn: false })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void send(), saveAfterMs)
    },
    [id, send],
  )

  const submit = useCallback(async () => {
    setFault(null)
    handed.current = true
    await keepAnswers(id, { answers: unsent.current, seen: all.current, handIn: true })
    await send()
  }, [id, send])

  return { answers, state, fault, choose, submit }
}
