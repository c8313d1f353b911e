import type { CountedAttempt } from '../quizzes/quizzes.store.ts'

type Result = { scorePercent: number; passed: boolean }
/** Points as they are stored: a percentage that was rounded for display would not average to what it stands for. */
type Scored = Result & { score: number; maxScore: number }

/** A quiz whose questions carry no points is passed by submitting it. */
const percentOf = ({ score, maxScore }: Scored) => (maxScore === 0 ? 100 : (score * 100) / maxScore)

/**
 * A learner's result from the results of their attempts, in order. Of an average it is asked whether it passes; of the
 * others whether the attempt that counts did, by the mark that stood then; of the best whether any did.
 */
export function countedResult(
  counted: CountedAttempt,
  results: Scored[],
  passingScore: number,
): Result | null {
  const [first, last] = [results.at(0), results.at(-1)]
  if (!first || !last) return null
  if (counted === 'first') return told(first)
  if (counted === 'last') return told(last)
  if (counted === 'best') {
    return {
      scorePercent: Math.max(...results.map(({ scorePercent }) => scorePercent)),
      passed: results.some(({ passed }) => passed),
    }
  }
  const average = results.reduce((sum, result) => sum + percentOf(result), 0) / results.length
  // Points are stored to eight decimals, so that thirds do not add up exactly.
  return { scorePercent: Math.round(average * 100) / 100, passed: average + 1e-5 >= passingScore }
}

const told = ({ scorePercent, passed }: Result): Result => ({ scorePercent, passed })
