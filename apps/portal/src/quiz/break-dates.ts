/** When a quiz is due and when it closes, for one learner. Neither moves for a break. */
export type QuizDates = { dueAt: string | null; closesAt: string | null }

export const noDates: QuizDates = { dueAt: null, closesAt: null }

/**
 * When the quiz is due, where that comes before an attempt that lasts until `endMs` would end: breaks may then make it late.
 * Null otherwise, and once it is past. @param now by the server's clock
 */
export function dueBefore({ dueAt, closesAt }: QuizDates, now: string, endMs: number): string | null {
  if (dueAt === null || Date.parse(dueAt) <= Date.parse(now)) return null
  const lastMs = closesAt === null ? endMs : Math.min(endMs, Date.parse(closesAt))
  return Date.parse(dueAt) < lastMs ? dueAt : null
}
