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
