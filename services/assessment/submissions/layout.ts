import { isDeepStrictEqual } from 'node:util'
import { AppError } from '@azora/kit/errors.ts'
import { admissibleAnswers } from '../questions/asked-question.ts'
import { pageLengthAt } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import type { Answers } from '../quizzes/grade.ts'
import type { ResultsShown } from '../quizzes/release.ts'
import { graceSeconds } from './grace.ts'
import { openPlaces, type Places, placesOf, sectionAt } from './sections.ts'
import type { Submission } from './submissions.store.ts'

/**
 * Which questions of an attempt its learner is shown and may answer: those of the section that is asked, and where there is
 * no way back one at a time, or those under one text. So neither what is to come nor a second thought on what was left
 * leaves or enters the service.
 */

export type Asked = Pick<
  Submission,
  'layout' | 'reached' | 'state' | 'sections' | 'wentOn' | 'startedAt' | 'expiresAt' | 'breaks' | 'now'
>

/** Where there is no way back, the page at a place. A section begins with a page, since texts are never cut. */
const pageAt = (from: number, questions: Question[]): Places => ({
  from,
  to: from + pageLengthAt(questions, from),
})

/** The questions that are asked together now, of an open attempt. */
export function placesAsked(attempt: Asked, questions: Question[]): Places {
  const section = sectionPlaces(attempt, attempt.now, questions.length)
  if (attempt.layout !== 'forward_only') return section
  return pageAt(Math.max(attempt.reached, section.from), questions)
}

function sectionPlaces(attempt: Asked, at: string, count: number): Places {
  if (attempt.sections.length === 0) return { from: 0, to: count }
  return placesOf(attempt.sections, sectionAt(attempt, at).at)
}

/** Whether the answer to a question at a place may be changed now. */
function openNow(attempt: Asked, questions: Question[]): (place: number) => boolean {
  const within =
    ({ from, to }: Places) =>
    (place: number) =>
      place >= from && place < to
  if (attempt.state !== 'in_progress') return () => true
  const isAsked = within(placesAsked(attempt, questions))
  if (attempt.sections.length === 0) return isAsked
  const isOpen = within(openPlaces(attempt, attempt.now, graceSeconds))
  if (attempt.layout !== 'forward_only') return isOpen
  // The page on which the clock ended the section before.
  const isPage = within(pageAt(attempt.reached, questions))
  return place => isAsked(place) || (isOpen(place) && isPage(place))
}

/** Whether the answer to a question at a place may be changed, was left for good, or is not asked yet. */
export function standingIn(
  attempt: Asked,
  questions: Question[],
): (place: number) => 'open' | 'left' | 'to_come' {
  const isOpen = openNow(attempt, questions)
  const { from } = placesAsked(attempt, questions)
  return place => (isOpen(place) ? 'open' : place < from ? 'left' : 'to_come')
}

/** The questions that a learner is shown. One who submitted early sees those never reached with the whole result alone. */
export function shownQuestions(
  attempt: Asked & Pick<Submission, 'grading' | 'submittedAt'>,
  questions: Question[],
  shown: ResultsShown,
): Question[] {
  if (attempt.layout !== 'forward_only' && attempt.sections.length === 0) return questions
  if (attempt.state === 'in_progress') {
    const { from, to } = placesAsked(attempt, questions)
    return questions.slice(from, to)
  }
  if (attempt.grading && shown === 'all') return questions
  return questions.slice(
    0,
    placesAsked({ ...attempt, now: attempt.submittedAt ?? attempt.now }, questions).to,
  )
}

/**
 * Answers as they may be kept now. That to a question that was left may come again as it is.
 * @throws AppError `question_left` for a different one, `invalid_input` for one that is too long.
 */
export function admissibleNow(
  attempt: Asked & Pick<Submission, 'answers'>,
  questions: Question[],
  answers: Answers,
): Answers {
  if (attempt.state !== 'in_progress') return admissibleAnswers(questions, answers)
  const standing = standingIn(attempt, questions)
  const again = admissibleAnswers(
    questions.filter((_, place) => standing(place) === 'left'),
    answers,
  )
  for (const [id, given] of Object.entries(again))
    if (!isDeepStrictEqual(given, attempt.answers[id] ?? [])) throw new AppError('question_left')
  return admissibleAnswers(
    questions.filter((_, place) => standing(place) === 'open'),
    answers,
  )
}
