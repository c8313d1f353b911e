import { createHash } from 'node:crypto'

/** So near to the pass mark, in percentage points, a result counts as just at it. */
const nearPass = 1

/**
 * The attempts whose marks are moderated: as many as the share asks for, drawn by the seed, and always the highest, the
 * lowest and those just at the pass mark. The same seed draws the same sample from the same attempts.
 * @param percent of the score, before anything is taken off for being late
 */
export function sampleOf(
  attempts: { id: string; percent: number }[],
  { samplePercent, passingScore, seed }: { samplePercent: number; passingScore: number; seed: string },
): string[] {
  const drawn = attempts
    .map(attempt => ({ ...attempt, lot: lotOf(seed, attempt.id) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
  const [first] = drawn
  if (!first) return []
  const highest = drawn.reduce((best, one) => (one.percent > best.percent ? one : best), first)
  const lowest = drawn.reduce((least, one) => (one.percent < least.percent ? one : least), first)
  const atPass = drawn.filter(({ percent }) => Math.abs(percent - passingScore) <= nearPass + 1e-9)
  const chosen = new Set([highest, lowest, ...atPass].map(({ id }) => id))
  const wanted = Math.ceil((attempts.length * samplePercent) / 100)
  for (const { id } of drawn) {
    if (chosen.size >= wanted) break
    chosen.add(id)
  }
  return drawn.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
}

const lotOf = (seed: string, id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex')
