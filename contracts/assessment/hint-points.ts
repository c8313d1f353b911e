/** What hints cost, in points. Apart from their shapes, as pages count with it too. */

const rounded = (points: number) => Math.round(points * 10_000) / 10_000

/** What a share of the points of a question is in points, to four decimals. */
export const pointsOfPercent = (points: number, percentOff: number) => rounded((points * percentOff) / 100)

/** What an answer earned before hints took from it. */
export const beforeHints = (awarded: number, cost: { pointsOff: number } | null | undefined) =>
  rounded(awarded + (cost?.pointsOff ?? 0))
