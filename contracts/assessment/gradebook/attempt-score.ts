import { compare, type Fraction, fractionMeant, fractionOf, product, quotient, sum } from './exact.ts'

/** Which of a learner's attempts at a quiz counts. */
export type Counting = 'best' | 'last' | 'average' | 'first'

/** A graded attempt; they are given in the order in which they were taken. */
export type ScoredAttempt = { score: number; maxScore: number }

/** A quiz whose questions carry no points is passed by submitting it, so an attempt at one is full. */
const shareOf = ({ score, maxScore }: ScoredAttempt): Fraction =>
  maxScore === 0 ? { top: 1n, bottom: 1n } : quotient(fractionMeant(score), fractionMeant(maxScore))

/** The score of a quiz in points of its item; null before the first attempt. */
export function attemptScore(
  counting: Counting,
  attempts: readonly ScoredAttempt[],
  points: number,
): Fraction | null {
  const taken =
    counting === 'last' ? attempts.slice(-1) : counting === 'first' ? attempts.slice(0, 1) : attempts
  const shares = taken.map(shareOf)
  const [first, ...others] = shares
  if (!first) return null
  const share =
    counting === 'average'
      ? quotient(others.reduce(sum, first), { top: BigInt(shares.length), bottom: 1n })
      : others.reduce((best, one) => (compare(one, best) > 0 ? one : best), first)
  return product(share, fractionOf(points))
}
