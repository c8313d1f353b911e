/** How pieces of evidence become a level. */

export type EvidenceRule = 'latest' | 'highest' | 'mean' | 'decaying'
export type Level = { id: string; name: string; from: number }

/**
 * How much the newest piece counts in a decaying average. Canvas and others use the same; the form is the geometric
 * moving average of S. W. Roberts, "Control chart tests based on geometric moving averages", Technometrics 1 (1959).
 */
const newestCounts = 0.65

const rules: Record<EvidenceRule, (shares: readonly number[]) => number> = {
  latest: shares => shares.at(-1) ?? 0,
  highest: shares => Math.max(...shares),
  mean: shares => shares.reduce((sum, share) => sum + share, 0) / shares.length,
  decaying: ([first = 0, ...later]) =>
    later.reduce((before, share) => newestCounts * share + (1 - newestCounts) * before, first),
}

/**
 * What pieces of evidence come to, in percent to four decimals: thirds and the like do not add up in binary, and a level
 * must not be missed by the last digit.
 * @param shares each from 0 to 1, oldest first
 */
export function percentOf(rule: EvidenceRule, shares: readonly number[]): number | null {
  if (shares.length === 0) return null
  return Math.round(rules[rule](shares) * 1_000_000) / 10_000
}

/** The highest level that a percentage reaches. @param levels from the lowest on, which begins at 0 */
export const levelAt = (levels: readonly Level[], percent: number): Level | null =>
  levels.findLast(({ from }) => from <= percent) ?? null
