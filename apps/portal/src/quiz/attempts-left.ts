type Counted = { attemptsLeft: number | null; attempts: { id: string }[] }

/**
 * Attempts that are left once an attempt is graded; null where they are not limited. The overview was read before: it
 * counts an attempt that was under way already, but not one that began after it.
 */
export function attemptsLeftAfter(overview: Counted, submissionId: string): number | null {
  if (overview.attemptsLeft === null) return null
  const counted = overview.attempts.some(attempt => attempt.id === submissionId)
  return Math.max(0, overview.attemptsLeft - (counted ? 0 : 1))
}
