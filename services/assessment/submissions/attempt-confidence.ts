import type { Confidence } from '@azora/contracts/assessment/confidence-shares.ts'
import { AppError } from '@azora/kit/errors.ts'
import { chosenIn, gradeQuestion } from '../questions/asked-question.ts'
import { type Confidences, confidenceIn, isRightOrWrong } from '../questions/confidence.ts'
import type { Question } from '../questions/question.ts'
import { type Asked, standingIn } from './layout.ts'
import type { Submission } from './submissions.store.ts'

/** How sure the learner of an attempt is of their answers. */

type Attempt = Pick<Submission, 'confidenceMode' | 'confidence'>

export const asksConfidence = ({ confidenceMode }: Pick<Attempt, 'confidenceMode'>, question: Question) =>
  confidenceMode !== 'not_asked' && isRightOrWrong(question)

/**
 * What may be kept of what is said now: of questions that ask for it. That of a question that was left may come again
 * as it is. @throws AppError `question_left` for a different one.
 */
export function admissibleConfidence(
  attempt: Attempt & Asked,
  questions: Question[],
  given: Record<string, number> = {},
): Confidences {
  const kept: Confidences = {}
  const standing = standingIn(attempt, questions)
  for (const [at, question] of questions.entries()) {
    const level = given[question.id]
    if (level === undefined || !asksConfidence(attempt, question)) continue
    const left = standing(at) === 'left'
    if (standing(at) === 'to_come') continue
    if (left && level !== attempt.confidence[question.id]) throw new AppError('question_left')
    // The contract lets no other level in.
    if (!left) kept[question.id] = level as Confidence
  }
  return kept
}

/** How sure the learner was of an answer, and whether it is right; null where none was given, and where that was not asked. */
export function judgedIn(attempt: Attempt & Pick<Submission, 'answers'>, question: Question) {
  if (!asksConfidence(attempt, question) || chosenIn(question, attempt.answers).length === 0) return null
  const { marks } = gradeQuestion(question, attempt.answers)
  return {
    level: confidenceIn(attempt.confidence, question.id),
    right: marks.every(({ reason }) => reason === 'right'),
    counted: attempt.confidenceMode === 'counted',
  }
}
