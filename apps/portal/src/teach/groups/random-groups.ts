/**
 * Divide learners at random into groups of a size, or of one more where they do not come out even: no one is left alone.
 * @param draw a whole number from 0 to below its argument, each equally likely.
 */
export function randomGroups<L>(
  learners: readonly L[],
  size: number,
  draw: (below: number) => number,
): L[][] {
  const count = Math.max(1, Math.floor(learners.length / size))
  const shuffled = [...learners]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = draw(at + 1)
    ;[shuffled[at], shuffled[other]] = [shuffled[other] as L, shuffled[at] as L]
  }
  const groups = Array.from({ length: count }, (): L[] => [])
  for (const [at, learner] of shuffled.entries()) groups[at % count]?.push(learner)
  return groups.filter(group => group.length > 0)
}

/** Names that no group has yet, in order: "Group 1", "Group 2". */
export function freeNames(
  count: number,
  taken: readonly string[],
  nameOf: (number: number) => string,
): string[] {
  const known = new Set(taken.map(name => name.toLowerCase()))
  const names: string[] = []
  for (let number = 1; names.length < count; number++) {
    const name = nameOf(number)
    if (!known.has(name.toLowerCase())) names.push(name)
  }
  return names
}

/** A fair draw: what would favour the lower numbers is drawn again. */
export function drawFairly(below: number): number {
  const most = Math.floor(2 ** 32 / below) * below
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1))
  return value < most ? value % below : drawFairly(below)
}
