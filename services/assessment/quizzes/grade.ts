import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { gradeQuestion, markerOf } from '../questions/asked-question.ts'
import {
  type ConfidenceMode,
  type Confidences,
  confidenceIn,
  isRightOrWrong,
  withConfidence,
} from '../questions/confidence.ts'
import { type HintCost, type HintsTaken, lessHints } from '../questions/hints.ts'
import type { Question } from '../questions/question.ts'
import type { Responses } from '../questions/question-rules.ts'
import type { Mark } from '../questions/score.ts'

export type Answers = Responses

/** What of an attempt its marks depend on. */
export type Given = {
  answers: Answers
  hintsTaken: HintsTaken
  confidenceMode: ConfidenceMode
  confidence: Confidences
}

/** What someone else than the rules gave for the answer to a question. */
export type GivenMark = {
  awarded: number
  marks: Mark[]
  comment: string | null
  annotations?: Annotation[]
}

export type Grading = {
  score: number
  maxScore: number
  scorePercent: number
  passed: boolean
  /** Points awarded by question id. */
  awarded: Record<string, number>
  /** What each part of a question earned and why, by question id. */
  marks: Record<string, Mark[]>
  /** What hints took from the points, by question id. */
  hints: Record<string, HintCost>
  /** What was said to the learner, by question id. */
  comments: Record<string, string>
  /** What was said to the learner about places in an answer, by question id. */
  annotations: Record<string, Annotation[]>
  /** The ids of answered questions whose mark is still to be given. Until it is there is no score. */
  awaiting: string[]
}

export type Total = Pick<Grading, 'score' | 'maxScore' | 'scorePercent' | 'passed'>

/** What an attempt loses that came after the due date, as it is stored with its grading. */
export type Lateness = { dueAt: string; days: number; percentOff: number; scoreBefore: number }

/**
 * Grade an attempt. A question that was not answered earns nothing. The percentage is rounded to two decimals for
 * display, but passing is decided on the exact share, so that 59.999 does not pass at 60. A quiz whose questions
 * carry no points is passed by handing it in. Questions that cost points may bring a score down, never below zero.
 * @param byOthers marks of answers that the rules do not mark, by question id
 */
export function gradeAttempt(
  questions: Question[],
  given: Given,
  passingScore: number,
  byOthers: ReadonlyMap<string, GivenMark> = new Map(),
): Grading {
  const { answers, hintsTaken } = given
  const awarded: Record<string, number> = {}
  const marks: Record<string, Mark[]> = {}
  const hints: Record<string, HintCost> = {}
  const comments: Record<string, string> = {}
  const annotations: Record<string, Annotation[]> = {}
  const awaiting: string[] = []
  let sum = 0
  let maxScore = 0
  for (const question of questions) {
    maxScore += question.points
    if (markerOf(question, answers) !== null) {
      const mark = byOthers.get(question.id)
      if (!mark) {
        awaiting.push(question.id)
        continue
      }
      const left = lessHints(question, mark.awarded, hintsTaken)
      awarded[question.id] = left.awarded
      marks[question.id] = mark.marks
      if (left.cost) hints[question.id] = left.cost
      if (mark.comment) comments[question.id] = mark.comment
      if (mark.annotations?.length) annotations[question.id] = mark.annotations
      sum += left.exact
      continue
    }
    const graded = gradeAnswer(question, given)
    awarded[question.id] = graded.awarded
    marks[question.id] = graded.marks
    if (graded.cost) hints[question.id] = graded.cost
    sum += graded.exact
  }
  return { ...totalOf(sum, maxScore, passingScore), awarded, marks, hints, comments, annotations, awaiting }
}

/** What an answer earns by the rules of its type and by how sure its learner was, less what its hints cost. */
export function gradeAnswer(question: Question, given: Given) {
  const byRules = gradeQuestion(question, given.answers)
  const counts = given.confidenceMode === 'counted' && isRightOrWrong(question)
  const { exact, marks } = counts
    ? withConfidence(byRules, question.points, confidenceIn(given.confidence, question.id))
    : byRules
  return { marks, ...lessHints(question, exact, given.hintsTaken) }
}

/** The result that points add up to. */
export function totalOf(sum: number, maxScore: number, passingScore: number): Total {
  const score = Math.max(0, sum)
  const share = maxScore === 0 ? 100 : (score * 100) / maxScore
  // Points like 0.1 do not add up exactly in binary; a billionth forgives that and nothing else.
  return {
    score: storable(score),
    maxScore: storable(maxScore),
    scorePercent: Math.round(share * 100) / 100,
    passed: share + 1e-9 >= passingScore,
  }
}

/** As many digits as a decimal column gives back exactly: a third of a point has no end, and 0.1 + 0.2 has seventeen. */
export const storable = (points: number) => Number(points.toPrecision(12))
