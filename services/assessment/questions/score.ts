import { isRight, type PartMark } from './question-rules.ts'

export type Scoring = { partial: boolean; wrongCosts: number; belowZero: boolean }

/** As it was before there was anything else: all points for exactly what is right. */
export const allOrNothing: Scoring = { partial: false, wrongCosts: 0, belowZero: false }
/** What questions of several parts begin with. */
export const perPart: Scoring = { partial: true, wrongCosts: 0, belowZero: false }

/** A mark as it is stored and shown: in points. */
export type Mark = Omit<PartMark, 'worth' | 'earned' | 'feedback'> & { awarded: number; points: number }

/** Points are told to four decimals: a third of a point is as near as anyone looks. */
export const rounded = (points: number) => Math.round(points * 10_000) / 10_000

/**
 * The points of a question by its scheme. A part that was answered wrongly costs `wrongCosts` percent of its worth; the
 * whole is not below zero unless the scheme lets it be, and never more than the points. A question whose parts are
 * worth nothing earns nothing.
 */
export function scoreOf(parts: PartMark[], scoring: Scoring, points: number) {
  const worth = parts.reduce((sum, part) => sum + part.worth, 0)
  const earned = parts.map(part => earnedWith(part, scoring))
  const whole = worth > 0 && parts.every(isRight)
  const sum = earned.reduce((total, one) => total + one, 0) / (worth || 1)
  // Sums of thirds do not reach the whole in binary.
  const partial = whole ? 1 : Math.min(sum, 1)
  const share = scoring.partial || sum < 0 ? partial : whole ? 1 : 0
  const kept = scoring.belowZero ? Math.max(share, -1) : Math.max(share, 0)
  const marks: Mark[] = parts.map(({ part, given, expected, reason, place, assertion, worth: own }, at) => ({
    part,
    given,
    expected,
    reason,
    awarded: rounded(((earned[at] ?? 0) / (worth || 1)) * points),
    points: rounded((own / (worth || 1)) * points),
    ...(place ? { place } : {}),
    ...(assertion ? { assertion } : {}),
  }))
  // Rounded thirds do not add up to the whole: what is summed is exact.
  const exact = kept === 1 ? points : kept * points
  return { exact, awarded: rounded(exact), marks }
}

function earnedWith({ earned, worth, given }: PartMark, { wrongCosts }: Scoring): number {
  const wrong = given !== null && earned <= 0
  if (!wrong) return earned
  return Math.min(earned, (-worth * wrongCosts) / 100)
}
