/**
 * How many letters of a word may be amiss. Short words leave no room: with one letter changed, "cat" is "car", and
 * with two, "increase" is "decrease".
 */
export function forgivenIn(word: string): number {
  const { length } = [...word]
  return length < 4 ? 0 : length < 12 ? 1 : 2
}

/**
 * Whether two words differ by at most `most` slips: a letter that is wrong, missing, extra, or swapped with its
 * neighbour (optimal string alignment distance: Damerau 1964, without overlapping swaps). Takes time in proportion to
 * the length times `most`, as only the band around the diagonal is looked at.
 */
export function differAtMost(a: string, b: string, most: number): boolean {
  const from = [...a]
  const to = [...b]
  if (Math.abs(from.length - to.length) > most) return false
  const far = most + 1
  let older: number[] = []
  let old: number[] = to.map((_, at) => at + 1)
  old = [0, ...old]
  for (let row = 1; row <= from.length; row++) {
    const now = new Array<number>(to.length + 1).fill(far)
    now[0] = row
    let least = row
    for (let at = Math.max(1, row - most); at <= Math.min(to.length, row + most); at++) {
      const same = from[row - 1] === to[at - 1]
      let cost = Math.min(
        (old[at] ?? far) + 1,
        (now[at - 1] ?? far) + 1,
        (old[at - 1] ?? far) + (same ? 0 : 1),
      )
      const swapped = row > 1 && at > 1 && from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1]
      if (swapped) cost = Math.min(cost, (older[at - 2] ?? far) + 1)
      now[at] = cost
      least = Math.min(least, cost)
    }
    if (least > most) return false
    older = old
    old = now
  }
  return (old[to.length] ?? far) <= most
}
