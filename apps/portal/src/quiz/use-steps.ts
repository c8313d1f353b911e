'use client'
import { useEffect, useRef, useState } from 'react'
import type { Answers, Submission } from '../offline/answers.ts'
import { isAnswered } from './types/answer-field.ts'

type Questions = Submission['questions']

/**
 * Which questions of an attempt are on the page: all, or one after another. Without a way back the server holds the
 * others back until `leave` was called; a teacher's preview has them all.
 */
export function useSteps(submission: Submission, answers: Answers, leave: (() => Promise<void>) | undefined) {
  const { layout, position, questions, questionCount: count } = submission
  const single = layout !== 'all_at_once'
  const forward = layout === 'forward_only'
  const held = forward && leave !== undefined
  const [at, setAt] = useState(() => (layout === 'one_by_one' ? firstOpen(questions, answers) : 0))
  const [busy, setBusy] = useState(false)
  const number = single ? (held ? position : at) + 1 : 1
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(number)
  useEffect(() => {
    if (before.current === number) return
    before.current = number
    // A screen reader reads on from here; the next tab is the answer.
    heading.current?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }, [number])
  const next = async () => {
    if (!held) return setAt(current => Math.min(current + 1, questions.length - 1))
    setBusy(true)
    await leave()
    setBusy(false)
  }
  return {
    single,
    forward,
    count,
    /** Counts from 1: of the first question on the page. */
    number,
    shown: single && !held ? questions.slice(at, at + 1) : questions,
    isLast: !single || number >= count,
    heading,
    busy,
    next,
    back: () => setAt(current => Math.max(0, current - 1)),
    /** Shows a question by its place, from 0, and puts the keyboard there. */
    go(place: number) {
      const question = questions[place]
      if (!question) return
      if (single) {
        if (place === at) heading.current?.focus()
        return setAt(place)
      }
      const element = document.getElementById(`asked-${question.id}`)
      element?.scrollIntoView()
      element?.focus({ preventScroll: true })
    },
  }
}

/** Where the learner continues: at the first question without an answer. */
function firstOpen(questions: Questions, answers: Answers): number {
  return Math.max(
    0,
    questions.findIndex(question => !isAnswered(question, answers)),
  )
}
