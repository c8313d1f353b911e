// After the first attempt and each of the next ones: a hiccup is over in seconds, an outage in a day or two.
const pausesSeconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

const longestSeconds = 86_400

export const mostAttempts = pausesSeconds.length + 1

/**
 * How long to wait after a failed attempt, in seconds; null when it was the last. Up to a fifth is added at random, so
 * that what failed together does not come back together. An endpoint may ask for more, up to a day.
 */
export function pauseAfter(
  attempt: number,
  retryAfterSeconds: number | null,
  random: () => number = Math.random,
): number | null {
  const pause = pausesSeconds[attempt - 1]
  if (pause === undefined) return null
  const asked = Math.min(retryAfterSeconds ?? 0, longestSeconds)
  return Math.max(pause, asked) * (1 + 0.2 * random())
}
