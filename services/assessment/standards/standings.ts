import { type EvidenceRule, type Level, levelAt, percentOf } from './level-rule.ts'

/** What was scored for one standard in one quiz: the mean of the attempts that count there. */
export type Piece = { quizId: string; share: number; takenAt: string }

type Scored = { quizId: string; submittedAt: string; awarded: number; points: number }

/**
 * The pieces of evidence that attempts make, oldest first; a row for each attempt. The time of one is that of its latest
 * attempt. Wrong answers may cost points, which shows no less than nothing.
 */
export function piecesOf(rows: readonly Scored[]): Piece[] {
  return [...Map.groupBy(rows, ({ quizId }) => quizId)]
    .map(([quizId, attempts]) => ({
      quizId,
      share: attempts.reduce((sum, one) => sum + shareOf(one), 0) / attempts.length,
      takenAt:
        attempts
          .map(({ submittedAt }) => submittedAt)
          .toSorted(compare)
          .at(-1) ?? '',
    }))
    .sort((a, b) => compare(a.takenAt, b.takenAt) || compare(a.quizId, b.quizId))
}

const shareOf = ({ awarded, points }: Scored) => Math.min(1, Math.max(0, awarded / points))

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
