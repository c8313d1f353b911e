import { isDeepStrictEqual } from 'node:util'
import { AppError } from '@azora/kit/errors.ts'
import { admissibleAnswers } from '../questions/asked-question.ts'
import { pageLengthAt } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import type { Answers } from '../quizzes/grade.ts'
import type { ResultsShown } from '../quizzes/release.ts'
import type { Submission } from './submissions.store.ts'

/**
 * Which questions of an attempt its learner is shown and may answer. Where there is no way back that is one at a time, or
 * those under one text, so that neither what is to come nor a second thought on what was left leaves or enters the service.
 */

type Asked = Pick<Submission, 'layout' | 'reached' | 'state'>

const asksOne = ({ layout, state }: Asked) => layout === 'forward_only' && state === 'in_progress'

/** The place after the questions that are asked together where there is no way back. */
export const pageEnd = ({ reached }: Pick<Submission, 'reached'>, questions: Question[]): number =>
  reached + pageLengthAt(questions, reached)

/** The questions that a learner is shown. One who submitted early sees those never reached with the whole result alone. */
export function shownQuestions(
  attempt: Asked & Pick<Submission, 'grading'>,
  questions: Question[],
  shown: ResultsShown,
): Question[] {
  if (attempt.layout !== 'forward_only') return questions
  const end = pageEnd(attempt, questions)
  if (asksOne(attempt)) return questions.slice(attempt.reached, end)
  return attempt.grading && shown === 'all' ? questions : questions.slice(0, end)
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
  if (!asksOne(attempt)) return admissibleAnswers(questions, answers)
  const { reached } = attempt
  const again = admissibleAnswers(questions.slice(0, reached), answers)
  for (const [id, given] of Object.entries(again))
    if (!isDeepStrictEqual(given, attempt.answers[id] ?? [])) throw new AppError('question_left')
  return admissibleAnswers(questions.slice(reached, pageEnd(attempt, questions)), answers)
}
