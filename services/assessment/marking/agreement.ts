export type Tolerance = { tolerance: number; toleranceUnit: 'points' | 'percent' }

/** Points are kept to four decimals. */
const unit = 10_000
/** What differences of decimals in binary are forgiven. */
const slack = 1e-9

/**
 * The points that two marks come to: their mean where they lie no further apart than the tolerance, rounded to four
 * decimals and, where that is halfway, up, for the learner; null where they lie further apart.
 * @param most the points of the question, of which a percentage is meant
 */
export function agreedPoints(
  first: number,
  second: number,
  { tolerance, toleranceUnit }: Tolerance,
  most: number,
): number | null {
  const allowed = toleranceUnit === 'points' ? tolerance : (most * tolerance) / 100
  if (Math.abs(first - second) > allowed + slack) return null
  return Math.floor(((first + second) / 2) * unit + 0.5 + slack) / unit
}
