/** The choice of each item, of pairs as they are given: `item choice`. */
export const chosenOf = (given: string[]) => new Map(given.map(pair => pair.split(' ') as [string, string]))

/** The pairs given with another choice for one item; an empty choice takes the pair away. */
export function withPair(items: { id: string }[], given: string[], item: string, choice: string): string[] {
  const chosen = chosenOf(given)
  return items.flatMap(({ id }) => {
    const one = id === item ? choice : chosen.get(id)
    return one ? [`${id} ${one}`] : []
  })
}

/**
 * The pairs with a new one, which takes the place of those that cannot be beside it: of an option or target that takes
 * one alone, of itself, and of the same two the other way round.
 */
export function withNewPairs(
  { options, targets }: Record<'options' | 'targets', { id: string; most: number }[]>,
  before: string[],
  after: string[],
): string[] {
  const single = new Set([...options, ...targets].flatMap(({ id, most }) => (most === 1 ? [id] : [])))
  const made = after.filter(pair => !before.includes(pair) && new Set(pair.split(' ')).size > 1)
  const taken = new Set(made.flatMap(pair => pair.split(' ')).filter(id => single.has(id)))
  const reversed = new Set(made.map(pair => pair.split(' ').reverse().join(' ')))
  const kept = after.filter(
    pair => before.includes(pair) && !reversed.has(pair) && !pair.split(' ').some(id => taken.has(id)),
  )
  return [...kept, ...made]
}
