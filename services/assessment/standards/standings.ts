import type { Answer } from './evidence.ts'
import { type EvidenceRule, type Level, levelAt, percentOf } from './level-rule.ts'

/** What was scored for one standard in one quiz: the mean of the attempts that count there. */
export type Piece = { quizId: string; share: number; takenAt: string }

/**
 * The pieces of evidence that answers for one standard make, oldest first. The time of one is that of its latest attempt.
 */
export function piecesOf(answers: readonly Answer[]): Piece[] {
  return [...Map.groupBy(answers, ({ quizId }) => quizId)]
    .map(([quizId, ofQuiz]) => {
      const shares = [...Map.groupBy(ofQuiz, ({ submissionId }) => submissionId).values()].map(shareOf)
      return {
        quizId,
        share: shares.reduce((sum, share) => sum + share, 0) / shares.length,
        takenAt: ofQuiz.at(-1)?.submittedAt ?? '',
      }
    })
    .sort((a, b) => compare(a.takenAt, b.takenAt) || compare(a.quizId, b.quizId))
}

/** Of the answers in one attempt. Wrong ones may cost points, which shows no less than nothing. */
function shareOf(answers: readonly Answer[]): number {
  const awarded = answers.reduce((sum, answer) => sum + pointsMeant(answer.awarded), 0)
  const points = answers.reduce((sum, answer) => sum + answer.points, 0)
  return Math.min(1, Math.max(0, awarded / points))
}

/** Up to here no number with three decimals is within half of the fourth decimal of another fraction. */
const largestBottom = 16

/**
 * Points are kept to four decimals. Three times a third would be less than one, and a level would be missed by it: 0.3333
 * is a third, as the score of the quiz has it.
 */
function pointsMeant(awarded: number): number {
  if (Number.isInteger(awarded)) return awarded
  for (let bottom = 2; bottom <= largestBottom; bottom += 1) {
    const meant = Math.round(awarded * bottom) / bottom
    if (Math.abs(meant - awarded) < 5.0001e-5) return meant
  }
  return awarded
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export type StandingRules = { levels: readonly Level[]; evidenceRule: EvidenceRule }

/** Where a learner stands: by judgement where someone judged, else by the evidence. */
export function standingOf(
  { levels, evidenceRule }: StandingRules,
  pieces: readonly Piece[],
  judgedLevelId: string | null,
) {
  const percent = percentOf(
    evidenceRule,
    pieces.map(({ share }) => share),
  )
  const calculatedLevelId = percent === null ? null : (levelAt(levels, percent)?.id ?? null)
  return {
    levelId: judgedLevelId ?? calculatedLevelId,
    percent,
    pieceCount: pieces.length,
    judged: judgedLevelId !== null,
    calculatedLevelId,
  }
}

/** Shares are told in percent to two decimals. */
export const shownPercent = (share: number): number => Math.round(share * 10_000) / 100
