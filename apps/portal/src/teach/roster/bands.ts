export type Band = { from: number; to: number; count: number }

/** How many learners stand in each fifth of the way, those who have finished apart: 0–19, …, 80–99, 100 per cent. */
export function bandsOf(percents: number[]): Band[] {
  const bands: Band[] = [0, 20, 40, 60, 80].map(from => ({ from, to: from + 19, count: 0 }))
  bands.push({ from: 100, to: 100, count: 0 })
  for (const percent of percents) {
    const band = bands.findLast(one => percent >= one.from)
    if (band) band.count++
  }
  return bands
}
