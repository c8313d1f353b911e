/** `decided` is the mark that counts: one of two is not. */
type Item = { alias: string; decided: boolean }
type Counted = { waitingCount: number; markedCount: number; readyCount: number; items: Item[] }

const marked = (items: Item[]) => items.filter(({ decided }) => decided).length

/** Attempts of which every answer given is marked. */
function readyIn(items: Item[]): number {
  const open = new Set(items.filter(({ decided }) => !decided).map(({ alias }) => alias))
  return new Set(items.map(({ alias }) => alias).filter(alias => !open.has(alias))).size
}

/**
 * What is done of a quiz, from what the service counted when the page was read and the marks given since. The desk
 * may hold fewer answers than there are: `beyond` says how many more.
 */
export function countsOf(desk: Counted, items: Item[]) {
  const beyond = Math.max(0, desk.waitingCount + desk.markedCount - desk.items.length)
  return {
    done: desk.markedCount - marked(desk.items) + marked(items),
    count: items.length + beyond,
    ready: Math.max(0, desk.readyCount - readyIn(desk.items) + readyIn(items)),
    beyond,
  }
}

type Placed = { alias: string; place: Place | null; state: 'waiting' | 'draft' | 'marked'; decided: boolean }
type Place = 'first' | 'second' | 'decision'

/** What is left for this person, by which mark it is; nothing where one person marks. */
export function leftByPlace(items: Placed[]): { place: Place; count: number }[] {
  const places = ['first', 'second', 'decision'] as const
  if (items.every(({ place }) => place === null)) return []
  return places.flatMap(place => {
    const count = items.filter(item => item.place === place && item.state !== 'marked').length
    return count > 0 ? [{ place, count }] : []
  })
}

/** Attempts that a sample can be drawn from: every answer has its first mark, and some of them are not decided. */
export function sampleable(items: Placed[]): number {
  return [...Map.groupBy(items, ({ alias }) => alias).values()].filter(
    answers =>
      answers.every(({ decided, place, state }) => decided || place === 'decision' || state === 'marked') &&
      answers.some(({ decided, place }) => !decided && place === 'first'),
  ).length
}
