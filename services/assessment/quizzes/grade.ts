import { gradeQuestion, markerOf } from '../questions/asked-question.ts'
import type { Question } from '../questions/question.ts'
import type { Responses } from '../questions/question-rules.ts'
import type { Mark } from '../questions/score.ts'

export type Answers = Responses

/** What someone else than the rules gave for the answer to a question. */
export type GivenMark = { awarded: number; marks: Mark[]; comment: string | null }

export type Grading = {
  score: number
  maxScore: number
  scorePercent: number
  passed: boolean
  /** Points awarded by question id. */
  awarded: Record<string, number>
  /** What each part of a question earned and why, by question id. */
  marks: Record<string, Mark[]>
  /** What was said to the learner, by question id. */
  comments: Record<string, string>
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
 * @param given marks of answers that the rules do not mark, by question id
 */
export function gradeAttempt(
  questions: Question[],
  answers: Answers,
  passingScore: number,
  given: ReadonlyMap<string, GivenMark> = new Map(),
): Grading {
  const awarded: Record<string, number> = {}
  const marks: Record<string, Mark[]> = {}
  const comments: Record<string, string> = {}
  const awaiting: string[] = []
  let sum = 0
  let maxScore = 0
  for (const question of questions) {
    maxScore += question.points
    if (markerOf(question, answers) !== null) {
      const mark = given.get(question.id)
      if (!mark) {
        awaiting.push(question.id)
        continue
      }
      awarded[question.id] = mark.awarded
      marks[question.id] = mark.marks
      if (mark.comment) comments[question.id] = mark.comment
      sum += mark.awarded
      continue
    }
    const graded = gradeQuestion(question, answers)
    awarded[question.id] = graded.awarded
    marks[question.id] = graded.marks
    sum += graded.exact
  }
  return { ...totalOf(sum, maxScore, passingScore), awarded, marks, comments, awaiting }
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
