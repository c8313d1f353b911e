import { type Confidence, confidenceShare } from '@azora/contracts/assessment/confidence-shares.ts'
import type { Question } from './question.ts'
import { type Mark, rounded } from './score.ts'

/**
 * How sure learners are of their answers (certainty-based marking: Gardner-Medwin, 1995). All pure.
 */

/** By question id. */
export type Confidences = Record<string, Confidence>

/** Of a quiz, and of an attempt as its quiz had it when it began. */
export type ConfidenceMode = 'not_asked' | 'shown' | 'counted'

/** A learner who says nothing is not sure. */
export const confidenceIn = (confidences: Confidences, questionId: string): Confidence =>
  confidences[questionId] ?? 1

/**
 * Whether one can be sure of an answer to a question or not: it is right or wrong, with nothing between. A choice is,
 * unless each of its options earns. What is typed can be near enough or right but for its spelling or its unit, and
 * questions of several parts can be right in some of them.
 */
export const isRightOrWrong = ({
  body,
  type,
  scoring,
}: Pick<Question, 'body' | 'type' | 'scoring'>): boolean =>
  body === null && !(type === 'multiple_choice' && scoring.partial)

type Graded = { exact: number; awarded: number; marks: Mark[] }

/** The points of an answer that is right or wrong, by how sure its learner was. One that was not given stays as it is. */
export function withConfidence(graded: Graded, points: number, confidence: Confidence): Graded {
  const [mark, ...none] = graded.marks
  if (!mark || none.length > 0 || mark.reason === 'unanswered') return graded
  const exact = points * confidenceShare(confidence, mark.reason === 'right')
  const awarded = rounded(exact)
  return { exact, awarded, marks: [{ ...mark, awarded }] }
}

/** How sure learners were and how often they were right, from the surest on; of answers that were given. */
export function judgement(answered: { level: Confidence; right: boolean }[]) {
  return ([3, 2, 1] as const).flatMap(level => {
    const all = answered.filter(one => one.level === level)
    const rightCount = all.filter(({ right }) => right).length
    return all.length > 0 ? [{ level, count: all.length, rightCount }] : []
  })
}
