'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { useLessData } from '../less-data/less-data.tsx'
import { ApiError, ConnectionLost, call } from '../lib/api.browser.ts'
import {
  type Answers,
  keepAnswer,
  keepConfidence,
  keepFlag,
  keepSubmit,
  type Submission,
} from '../offline/answers.ts'
import {
  flaggedIn,
  forgetLeft,
  type HeldAttempt,
  heldAttempt,
  heldIfAny,
  holdsUnsent,
  isUnsent,
  takeRefusal,
} from '../offline/held-attempt.ts'
import { mostCharacters, waitedIn } from '../offline/send-waiting.ts'
import { sendWaiting, takeGraded } from '../offline/sender.ts'
import { onToldBreak } from '../offline/told-break.ts'
import type { Answering, SaveState, Seen } from './answering.ts'
import { savePause } from './save-pause.ts'
import { answersTo, responseIdsOf } from './types/answer-field.ts'
import { useBreak } from './use-break.ts'
import type { TakeHint } from './use-hints.ts'
import { useNextSection } from './use-next-section.ts'

const retryAfterMs = 15_000

/**
 * The answers of an open attempt. Each change goes into this device's outbox at once and from there to the server
 * soon after, so that neither a power cut nor a lost line costs an answer. `onGraded` is called with the result once;
 * `fault` is a refusal that trying again would not mend. `onMoved` is called when the attempt asks another question,
 * where there is no way back, and when it is on a break.
 */
export function useAttempt(
  submission: Submission,
  onGraded: (graded: Submission) => void,
  onMoved?: (asking: Submission, seen: Seen) => void,
): Answering {
  const { id } = submission
  const number = submission.currentSection?.number
  const lost = useTranslations('common')('connectionLost')
  const t = useTranslations('quiz')
  const less = useLessData()
  const [answers, setAnswers] = useState<Answers>(submission.answers)
  const [state, setState] = useState<SaveState>('saved')
  const [fault, setFault] = useState<string | null>(null)
  const [unsent, setUnsent] = useState<ReadonlySet<string>>(new Set())
  const unsentNow = useRef(unsent)
  unsentNow.current = unsent
  const [flagged, setFlagged] = useState<ReadonlySet<string>>(() => new Set(submission.flagged))
  const [confidence, setConfidence] = useState<Record<string, number>>(submission.confidence ?? {})
  const said = useRef(confidence)
  /** What was said on this page, which is newer than all else. */
  const saidHere = useRef<Record<string, number>>({})
  const all = useRef<Answers>(submission.answers)
  /** What was chosen on this page, which is newer than all else. */
  const chosenHere = useRef<Answers>({})
  /** What was flagged on this page since it was told what is. */
  const flaggedHere = useRef<Record<string, boolean>>({})
  /** The last change on its way to the disk: each waits for the one before. */
  const keeping = useRef<Promise<unknown>>(Promise.resolve())
  const handed = useRef(false)
  const ended = useRef(false)
  /** How often something was chosen or said, to see what came while something else was sent. */
  const choices = useRef(0)
  /** When the first change came that was not sent yet; null where there is none. */
  const unsentSince = useRef<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const graded = useRef(onGraded)
  graded.current = onGraded

  const end = useCallback((result: Submission) => {
    if (ended.current) return
    ended.current = true
    graded.current(result)
  }, [])

  const moved = useRef(onMoved)
  moved.current = onMoved
  /** Shows what the server asks now. What was chosen here for another question is over. */
  const move = useCallback(
    (asking: Submission) => {
      if (asking.state !== 'in_progress') return end(asking)
      const asked = asking.questions.flatMap(responseIdsOf)
      const isAsked = ([responseId]: [string, unknown]) => asked.includes(responseId)
      chosenHere.current = Object.fromEntries(Object.entries(chosenHere.current).filter(isAsked))
      flaggedHere.current = {}
      moved.current?.(asking, { answers: all.current, confidence: said.current })
    },
    [end],
  )

  /** What the server says to the end of an attempt: it is over, or it goes on. */
  const take = useCallback(
    (told: Submission) => {
      if (told.state === 'in_progress') {
        handed.current = false
        setUnsent(new Set())
        setState('saved')
      }
      move(told)
    },
    [move],
  )

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
    unsentSince.current = null
    const before = choices.current
    setState(handed.current ? 'handing' : 'saving')
    await sendWaiting()
    const held = await heldAttempt(id)
    handed.current ||= held.submitted
    // Before what follows: its end may have been refused with it.
    if (held.left.length > 0 && !held.closed) {
      const asking = await call('assessment.getSubmission', { submissionId: id })
      // A break covers what is asked: what was answered to it is told apart after the break.
      if (asking.breaks?.until) return move(asking)
      // Another section is another page, which tells it: this one would not be there any more to say so.
      if (asking.currentSection && asking.currentSection.number !== number) return move(asking)
      await forgetLeft(held.left, asking.questions.flatMap(responseIdsOf))
      handed.current = false
      setFault(t(asking.sections?.length ? 'sectionLate' : 'leftElsewhere'))
      setState('saved')
      return move(asking)
    }
    // Submitted, from this tab or another; or its time ran out, and what counts is what the server has.
    if (held.closed || (handed.current && !held.submitted && held.refused.length === 0)) {
      const told = takeGraded(id) ?? (await call('assessment.getSubmission', { submissionId: id }))
      return held.closed ? end(told) : take(told)
    }
    const refusal = await takeRefusal(held)
    if (refusal) return fail(new Error(refusal))
    if (!handed.current && before !== choices.current) return
    setUnsent(new Set(Object.keys(held.waiting)))
    if (handed.current) setState('waiting')
    else setState(holdsUnsent(held) ? 'kept' : 'saved')
    if (handed.current || holdsUnsent(held))
      timer.current = setTimeout(() => sendLater.current(), retryAfterMs)
  }, [id, number, end, fail, move, take, t])
  const sendLater = useRef(() => {})
  sendLater.current = () => {
    send().catch((failure: unknown) => {
      console.warn('What waits on this device could not be sent; it stays and is tried again.', failure)
      setState(handed.current ? 'waiting' : 'kept')
      timer.current = setTimeout(() => sendLater.current(), retryAfterMs)
    })
  }

  // What an earlier visit could not send is newer than what the server told.
  const show = useCallback(
    (held: HeldAttempt) => {
      all.current = { ...held.sent, ...submission.answers, ...held.waiting, ...chosenHere.current }
      handed.current ||= held.submitted
      setAnswers(all.current)
      setUnsent(new Set(Object.keys(held.waiting)))
      const { sent, waiting } = held.confidence
      said.current = { ...sent, ...submission.confidence, ...waiting, ...saidHere.current }
      setConfidence(said.current)
      const { flagged, now } = submission
      const here = Object.entries(flaggedHere.current).map(
        ([one, on]) => [one, { flagged: on, savedAt: undefined }] as const,
      )
      setFlagged(flaggedIn({ flagged, now }, { flags: { ...held.flags, ...Object.fromEntries(here) } }))
    },
    [submission],
  )
  useEffect(() => {
    let here = true
    heldAttempt(id).then(
      held => {
        if (!here) return
        show(held)
        if (isUnsent(held) || held.closed || held.left.length > 0) sendLater.current()
      },
      (failure: unknown) => {
        console.warn('This device keeps no answers; each is sent at once.', failure)
      },
    )
    const online = () => sendLater.current()
    // A page that goes out of sight may be closed: what waits for the next key is sent now.
    const hidden = () => {
      if (document.visibilityState === 'hidden' && unsentSince.current !== null) sendLater.current()
    }
    addEventListener('online', online)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      here = false
      clearTimeout(timer.current)
      removeEventListener('online', online)
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [id, show])
  const sendSoon = useCallback(
    (length: number) => {
      clearTimeout(timer.current)
      unsentSince.current ??= performance.now()
      const pauseMs = savePause(length, performance.now() - unsentSince.current, less)
      timer.current = setTimeout(() => sendLater.current(), pauseMs)
      if (less) setState('gathered')
    },
    [less],
  )
  const choose = useCallback(
    (questionId: string, chosen: string[]) => {
      if (handed.current) return
      choices.current++
      chosenHere.current = { ...chosenHere.current, [questionId]: chosen }
      all.current = { ...all.current, [questionId]: chosen }
      setAnswers(all.current)
      setUnsent(before => new Set([...before, questionId]))
      setState('saving')
      clearTimeout(timer.current)
      const kept = keeping.current.then(() => keepAnswer(id, questionId, chosen))
      keeping.current = kept.catch(() => undefined)
      kept
        .then(async outcome => {
          if (outcome === 'sent') {
            setUnsent(new Set())
            return setState('saved')
          }
          if (outcome === 'late') {
            // What counts is what was submitted, so that is what the page shows.
            const { [questionId]: _late, ...others } = chosenHere.current
            chosenHere.current = others
            show(await heldAttempt(id))
            return sendLater.current()
          }
          sendSoon(chosen.reduce((sum, text) => sum + text.length, 0))
        })
        .catch(fail)
    },
    [id, fail, show, sendSoon],
  )

  const submit = useCallback(
    async (why: { timeUp?: boolean } = {}) => {
      setFault(null)
      handed.current = true
      setState('handing')
      try {
        await keeping.current
        const result = await keepSubmit(id, all.current, why)
        if (result) take(result)
        else sendLater.current()
      } catch (failure) {
        fail(failure)
      }
    },
    [id, take, fail],
  )

  const flag = useCallback(
    (questionId: string, on: boolean) => {
      flaggedHere.current = { ...flaggedHere.current, [questionId]: on }
      setFlagged(before => {
        const after = new Set(before)
        if (on) after.add(questionId)
        else after.delete(questionId)
        return after
      })
      const kept = keeping.current.then(() => keepFlag(id, questionId, on))
      keeping.current = kept.catch(() => undefined)
      kept.then(() => (less ? sendSoon(0) : sendLater.current())).catch(fail)
    },
    [id, less, fail, sendSoon],
  )

  const rate = useCallback(
    (questionId: string, level: number) => {
      if (handed.current) return
      choices.current++
      saidHere.current = { ...saidHere.current, [questionId]: level }
      said.current = { ...said.current, [questionId]: level }
      setConfidence(said.current)
      setState('saving')
      const kept = keeping.current.then(() => keepConfidence(id, questionId, level))
      keeping.current = kept.catch(() => undefined)
      kept.then(() => (less ? sendSoon(0) : sendLater.current())).catch(fail)
    },
    [id, less, fail, sendSoon],
  )

  const leave = useCallback(async () => {
    setFault(null)
    try {
      await keeping.current
      const whole = answersTo(submission.questions, all.current)
      // What is too long for one request goes as answers are kept, and with the page only what still waits.
      const isLong = JSON.stringify(whole).length > mostCharacters
      if (isLong) await sendWaiting()
      const held = await heldIfAny(id)
      const answers = isLong ? answersTo(submission.questions, held?.waiting ?? {}) : whole
      const asked = submission.questions.map(question => question.id)
      const confidence = Object.fromEntries(
        Object.entries(said.current).filter(([one]) => asked.includes(one)),
      )
      const left = { position: submission.position, answers, confidence, ...waitedIn(held?.rows ?? []) }
      move(await call('assessment.nextQuestion', { submissionId: id, ...left }))
    } catch (failure) {
      if (!(failure instanceof ApiError)) return setFault(t('nextOffline'))
      // Another tab or device is further, or has submitted it.
      if (failure.code === 'question_left') setFault(t('leftElsewhere'))
      else if (failure.code !== 'conflict' && failure.code !== 'attempt_closed')
        return setFault(failure.message)
      await call('assessment.getSubmission', { submissionId: id }).then(move, () =>
        setFault(t('nextOffline')),
      )
    }
  }, [id, submission.position, submission.questions, move, t])

  /** What the server shows now, as when another tab or device took the break. */
  const follow = useCallback(
    () => call('assessment.getSubmission', { submissionId: id }).then(move),
    [id, move],
  )
  useEffect(
    () =>
      onToldBreak(id, () => {
        follow().catch((failure: unknown) => console.warn('The break could not be shown.', failure))
      }),
    [id, follow],
  )

  const hold = {
    kept: () => keeping.current,
    unsentCount: () => unsentNow.current.size,
    sendLater: () => sendLater.current(),
    follow,
    move,
    setFault,
  }
  const rest = useBreak(id, submission.breaks?.count ?? 0, hold)
  const section = useNextSection(submission, hold)

  const check = (question: Submission['questions'][number]) => {
    const given = { questionId: question.id, answers: answersTo([question], all.current) }
    return call('assessment.checkAnswer', { submissionId: id, ...given })
  }
  const takeHint: TakeHint = (questionId, number) =>
    call('assessment.takeHint', { submissionId: id, questionId, number })
  const practising = submission.practice ? check : undefined
  return {
    answers,
    state,
    fault,
    choose,
    submit,
    unsent,
    flagged,
    flag,
    check: practising,
    takeHint,
    confidence,
    rate,
    leave,
    rest,
    section,
  }
}
