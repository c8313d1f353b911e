import type { Question } from './quizzes.store.ts'

export type Answers = Record<string, string[]>

export type Grading = {
  score: number
  maxScore: number
  scorePercent: number
  passed: boolean
  /** Points awarded by question id. */
  awarded: Record<string, number>
}

/** Points for one question: all for exactly the correct options, else none. */
export function gradeQuestion(
  question: Pick<Question, 'correctAnswer' | 'points'>,
  chosen: string[],
): number {
  const given = new Set(chosen)
  const right =
    given.size === question.correctAnswer.length && question.correctAnswer.every(option => given.has(option))
  return right ? question.points : 0
}

/**
 * Grade an attempt. A question that was not answered earns nothing. The percentage is rounded to two decimals for
 * display, but passing is decided on the exact share, so that 59.999 does not pass at 60. A quiz whose questions
 * carry no points is passed by handing it in.
 */
export function gradeAttempt(questions: Question[], answers: Answers, passingScore: number): Grading {
  const awarded: Record<string, number> = {}
  let score = 0
  let maxScore = 0
  for (const question of questions) {
    const points = gradeQuestion(question, answers[question.id] ?? [])
    awarded[question.id] = points
    score += points
    maxScore += question.points
  }
  const share = maxScore === 0 ? 100 : (score * 100) / maxScore
  // Points like 0.1 do not add up exactly in binary; a billionth forgives that and nothing else.
  return {
    score,
    maxScore,
    scorePercent: Math.round(share * 100) / 100,
    passed: share + 1e-9 >= passingScore,
    awarded,
  }
}

/** Answers as they may be kept: of questions that were asked, with options that they have, each once. */
export function admissibleAnswers(
  questions: Pick<Question, 'id' | 'type' | 'options'>[],
  answers: Answers,
): Answers {
  const kept: Answers = {}
  for (const question of questions) {
    const chosen = answers[question.id]
    if (!chosen) continue
    const known = new Set(question.options.map(option => option.id))
    const valid = [...new Set(chosen)].filter(option => known.has(option))
    kept[question.id] = question.type === 'multiple_choice' ? valid : valid.slice(0, 1)
  }
  return kept
}
