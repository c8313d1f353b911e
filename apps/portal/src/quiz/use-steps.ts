'use client'
import { useEffect, useRef, useState } from 'react'
import type { Answers, Submission } from '../offline/answers.ts'
import { type Page, pageAt, pagesOf } from './pages.ts'
import { sectionNow } from './sections.ts'
import { isAnswered } from './types/answer-field.ts'

type Questions = Submission['questions']

/**
 * Which questions of an attempt are on the page: all, or one after another, with those under the same text. Without a way
 * back the server holds the others back until `leave` was called; a teacher's preview has them all.
 */
export function useSteps(submission: Submission, answers: Answers, leave: (() => Promise<void>) | undefined) {
  const { layout, position, questions, questionCount: count } = submission
  const single = layout !== 'all_at_once'
  const forward = layout === 'forward_only'
  const held = forward && leave !== undefined
  const [at, setAt] = useState(() => (layout === 'one_by_one' ? firstOpen(questions, answers) : 0))
  const [busy, setBusy] = useState(false)
  const section = sectionNow(submission)
  // What comes before the first of them: left for good, one by one or with its section.
  const offset = held || section ? position : 0
  const end = section?.to ?? count
  const all = pagesOf(questions, submission.passages)
  const page = pageAt(all, at)
  const pages: Page<Questions[number]>[] = single && !held && page ? [page] : all
  const shown = pages.flatMap(({ questions }) => questions)
  const number = offset + (single && !held ? (page?.place ?? 0) : 0) + 1
  const last = number + shown.length - 1
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(number)
  /** The question within the page to go to, where that is not the page itself. */
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    if (before.current === number) return
    before.current = number
    const questionId = wanted.current
    wanted.current = null
    if (questionId) return focusQuestion(questionId)
    // A screen reader reads on from here; the next tab is the answer.
    heading.current?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }, [number])
  const next = async () => {
    if (!held) return setAt(Math.min(last - offset, questions.length - 1))
    setBusy(true)
    await leave()
    setBusy(false)
  }
  return {
    single,
    forward,
    count,
    /** Counts from 1: of the first question on the page, and of the last. */
    number,
    last,
    shown,
    pages,
    isLast: !single || last >= end,
    /** How many questions come before those that are there. */
    offset,
    heading,
    busy,
    next,
    back: () => setAt(Math.max(0, number - offset - 2)),
    /** Shows a question by its place, from 0, and puts the keyboard there. */
    go(place: number) {
      const question = questions[place]
      if (!question) return
      if (!single) return focusQuestion(question.id)
      const target = pageAt(all, place)
      const isFirst = target?.place === place
      if (target !== page) {
        wanted.current = isFirst ? null : question.id
        return setAt(place)
      }
      if (isFirst) heading.current?.focus()
      else focusQuestion(question.id)
    },
  }
}

function focusQuestion(questionId: string): void {
  const element = document.getElementById(`asked-${questionId}`)
  element?.scrollIntoView()
  element?.focus({ preventScroll: true })
}

/** Where the learner continues: at the first question without an answer. */
function firstOpen(questions: Questions, answers: Answers): number {
  return Math.max(
    0,
    questions.findIndex(question => !isAnswered(question, answers)),
  )
}
